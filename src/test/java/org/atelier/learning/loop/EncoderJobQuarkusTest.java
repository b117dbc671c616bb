package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.atelier.dataset.Datasets;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.feature.TinyModels;
import org.atelier.learning.pool.FeatureService;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.Test;

/** A model file in ONNX that takes the mean of each colour makes the features of a job. */
@QuarkusTest
@TestProfile(EncoderJobQuarkusTest.WithModel.class)
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class EncoderJobQuarkusTest {

  private static final List<String> LABELS = List.of("blue", "green", "red");
  private static final int ITEMS = 300;

  /** Names the model's file as an administrator would. */
  public static class WithModel implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path model = TinyModels.mean(Files.createTempFile("mean", ".onnx"), 3, 8);
        model.toFile().deleteOnExit();
        return Map.of(
            "atelier.learning.encoder.model",
            model.toString(),
            "atelier.learning.encoder.side",
            "8",
            "atelier.learning.encoder.mean",
            "0.5,0.5,0.5",
            "atelier.learning.encoder.deviation",
            "0.5,0.5,0.5");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject Datasets datasets;
  @Inject FeatureService features;
  @Inject TestPeople people;

  private TestPeople.Visitor owner;
  private ProjectRef project;

  @Test
  void aJobLearnsFromWhatTheEncoderSees() throws IOException {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    UUID dataset = imported();
    Map<UUID, Integer> truth = new HashMap<>();
    datasets.items(
        project.id(),
        dataset,
        1,
        0,
        item -> truth.put(item.id(), LABELS.indexOf(item.knownLabels().get(0))));
    assertEquals(ITEMS, truth.size());
    UUID job = start(dataset);
    trials.await(
        120,
        job,
        () -> {
          if (trials.isTimeToAnswer(job)) {
            answer(job, truth);
          }
          return trials.trained(job);
        });
    FeatureService.Description used =
        features.describe(loop.learner(job).orElseThrow().featureSetId());
    assertEquals(3, used.columns());
    assertEquals(ITEMS, used.items());
    assertTrue(used.text().startsWith("pictures of 8 × 8 through the encoder mean"), used.text());
  }

  private UUID start(UUID dataset) {
    JobSettings settings =
        new JobSettings(
            "Colours",
            dataset,
            1,
            TaskType.SINGLE,
            LABELS.stream().map(LabelDefinition::named).toList(),
            "",
            Set.of(),
            new JobSettings.Answering(1, 1, "majority", true, false, 600, 0),
            new JobSettings.Learning(
                true, 0.9, GuaranteeScope.MACHINE, 0.05, 60, Map.of("features", "encoder")),
            JobSettings.Budget.unlimited());
    UUID job = jobs.create(project.id(), settings).id();
    jobs.start(project.id(), job);
    return job;
  }

  private void answer(UUID job, Map<UUID, Integer> truth) {
    UUID person = owner.personId();
    for (WorkQueue.LeasedTask task :
        queue.claim(project.id(), job, person, WorkQueue.MOST_HELD, List.of()).tasks()) {
      queue.submit(
          project.id(),
          job,
          person,
          new WorkQueue.GivenAnswer(
              UUID.randomUUID(),
              task.lease(),
              task.task(),
              new int[] {truth.get(task.itemId())},
              900,
              null));
    }
  }

  private RequestSpecification script() {
    return given().header("Authorization", "Bearer " + owner.token());
  }

  private UUID imported() throws IOException {
    byte[] zip = pictures();
    String api = "/api/v1/projects/" + project.id();
    String upload =
        script()
            .contentType("application/json")
            .body(Map.of("files", List.of(Map.of("name", "g.zip", "size", zip.length))))
            .post(api + "/uploads")
            .then()
            .statusCode(200)
            .extract()
            .path("id");
    script()
        .contentType("application/octet-stream")
        .body(zip)
        .put(api + "/uploads/" + upload + "/files/0?offset=0")
        .then()
        .statusCode(200);
    Map<String, Object> source = Map.of("format", "ZIP", "upload", upload);
    String made =
        script()
            .contentType("application/json")
            .body(Map.of("name", "Colours", "kind", "IMAGE", "source", source))
            .post(api + "/datasets")
            .then()
            .statusCode(202)
            .extract()
            .path("datasetId");
    UUID dataset = UUID.fromString(made);
    trials.await(
        60,
        dataset,
        () -> datasets.datasets(project.id()).stream().anyMatch(d -> d.id().equals(dataset)));
    return dataset;
  }

  /** Squares of one colour each, no two alike. */
  private static byte[] pictures() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder labels = new StringBuilder("image,label\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < ITEMS; i++) {
        String name = "square" + i + ".png";
        labels.append(name).append(',').append(LABELS.get(i % 3)).append('\n');
        zip.putNextEntry(new ZipEntry(name));
        zip.write(square(i % 3, i, random));
      }
      zip.putNextEntry(new ZipEntry("labels.csv"));
      zip.write(labels.toString().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] square(int label, int number, SplittableRandom random) throws IOException {
    int[] parts = new int[3];
    for (int channel = 0; channel < 3; channel++) {
      parts[channel] = random.nextInt(90) + (channel == 2 - label ? 150 : 0);
    }
    int colour = new Color(parts[0], parts[1], parts[2]).getRGB();
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < 256; at++) {
      picture.setRGB(at % 16, at / 16, colour);
    }
    picture.setRGB(number % 16, number / 16 % 16, random.nextInt());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    return png.toByteArray();
  }
}
