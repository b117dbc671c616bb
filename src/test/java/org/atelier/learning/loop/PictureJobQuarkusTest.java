package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;
import org.atelier.labeling.EarlierModels;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.WorkQueue;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.learning.pool.FeatureService;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.Test;

/** 600 of the bundled garments, of four classes, from their import to the certificate. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class PictureJobQuarkusTest {

  private static final List<String> LABELS = List.of("Bag", "Dress", "Shoe", "Trousers");
  private static final int PER_LABEL = 150;
  private static final int ITEMS = 600;

  /** Far below what these four classes allow, so that chance does not decide the test. */
  private static final double TARGET = 0.8;

  @Inject Jobs jobs;
  @Inject WorkQueue queue;
  @Inject LearningBridge bridge;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject Datasets datasets;
  @Inject Certificates certificates;
  @Inject FeatureService features;
  @Inject JobNumbers numbers;
  @Inject ObjectStore store;
  @Inject TestPeople people;

  private TestPeople.Visitor owner;
  private ProjectRef project;
  private UUID dataset;
  private final Map<UUID, Integer> truth = new HashMap<>();

  @Test
  void garmentsAreLabelledToACertificateAndTheNextOneFallsWhenPeopleContradict()
      throws IOException {
    owner = people.visitor("Ana");
    project = people.projectOf(owner);
    dataset = imported();
    datasets.items(
        project.id(), dataset, 1, 0, item -> truth.put(item.id(), LABELS.indexOf(label(item))));
    assertEquals(ITEMS, truth.size());

    UUID job = start(Map.of());
    workUntil(240, job, truth::get, () -> trials.completed(job));
    theCertificateSaysWhatHappened(job);

    UUID next = start(Map.of(EarlierModels.OPTION, job.toString()));
    workUntil(
        240,
        next,
        item -> contradicted(next, item),
        () -> loop.learner(next).orElseThrow().withdrawnAt() != null);
    assertEquals(LearnerPhase.BY_HAND, loop.learner(next).orElseThrow().phase());
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/jobs/" + next + "/learning")
        .then()
        .statusCode(200)
        .body(containsString("The certificate was withdrawn"));
    workUntil(120, next, truth::get, () -> trials.completed(next));
    Certificate fallen =
        certificates.find(project.id(), next).map(CertificateView::document).orElseThrow();
    assertEquals(Certificate.State.WITHDRAWN, fallen.guarantee().state());
    assertNotNull(fallen.guarantee().withdrawnWhy());
  }

  private void theCertificateSaysWhatHappened(UUID job) {
    List<MachineLabel> machine = new ArrayList<>();
    int[] human = {0};
    bridge.machineLabels(job, machine::add);
    bridge.humanLabels(job, label -> human[0]++);
    long right =
        machine.stream().filter(label -> label.classes()[0] == truth.get(label.itemId())).count();
    Certificate certificate =
        certificates.find(project.id(), job).map(CertificateView::document).orElseThrow();
    assertEquals(
        Certificate.State.CERTIFIED,
        certificate.guarantee().state(),
        () -> certificate.sentence() + " " + certificate.audits());
    assertEquals(machine.size(), certificate.counts().machine());
    assertEquals(human[0], certificate.counts().human());
    assertEquals(ITEMS, machine.size() + human[0]);
    assertEquals(0, certificate.counts().unlabelled());
    assertTrue(machine.size() > ITEMS / 10, machine.size() + " machine labels");
    assertTrue(right >= TARGET * machine.size(), right + " of " + machine.size());
    assertTrue(certificate.guarantee().accuracyAtLeast() >= TARGET);
    Certificate.Audit audit =
        certificate.audits().stream().filter(one -> one.accepted() > 0).findFirst().orElseThrow();
    assertTrue(audit.drawn() > 0 && audit.drawn() <= human[0]);
    assertTrue(audit.accuracyAtLeast() >= TARGET && audit.accuracyAtLeast() <= 1);
    assertEquals(audit.candidates() - audit.drawn(), audit.accepted());
    assertTrue(certificate.watch().drawn() > 0, "nobody looked again after acceptance");
    assertTrue(certificate.watch().supportedAtRisk() < 1);

    int result = jobs.job(job).resultVersion();
    assertEquals(
        datasets.version(project.id(), dataset, 1).digest(), certificate.dataset().digest());
    assertEquals(
        datasets.version(project.id(), dataset, result).digest(),
        certificate.dataset().resultDigest());
    String model =
        certificate.models().stream()
            .filter(one -> one.round() == audit.round())
            .findFirst()
            .orElseThrow()
            .digest();
    assertTrue(store.stat(model).isPresent(), "the certified model is kept");
    assertEquals(
        features.describe(loop.learner(job).orElseThrow().featureSetId()).valuesDigest(),
        certificate.features().valuesDigest());
  }

  private int contradicted(UUID job, UUID item) {
    return numbers.labels(job, List.of(item)).stream()
        .filter(JobNumbers.CurrentLabel::machine)
        .map(label -> (label.classes()[0] + 1) % LABELS.size())
        .findFirst()
        .orElse(truth.get(item));
  }

  private static String label(ItemRow item) {
    return item.knownLabels().get(0);
  }

  private UUID start(Map<String, Object> options) {
    JobSettings settings =
        new JobSettings(
            "Garments",
            dataset,
            1,
            TaskType.SINGLE,
            LABELS.stream().map(LabelDefinition::named).toList(),
            "",
            Set.of(),
            new JobSettings.Answering(1, 1, "majority", true, false, 600, 0),
            new JobSettings.Learning(true, TARGET, GuaranteeScope.MACHINE, 0.05, 60, options),
            JobSettings.Budget.unlimited());
    UUID job = jobs.create(project.id(), settings).id();
    jobs.start(project.id(), job);
    return job;
  }

  private void workUntil(
      int seconds,
      UUID job,
      ToIntFunction<UUID> says,
      java.util.function.BooleanSupplier condition) {
    trials.await(
        seconds,
        job,
        () -> {
          if (trials.isTimeToAnswer(job)) {
            answer(job, says);
          }
          return condition.getAsBoolean();
        });
  }

  private void answer(UUID job, ToIntFunction<UUID> says) {
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
              new int[] {says.applyAsInt(task.itemId())},
              900,
              null));
    }
  }

  /** Sends the pictures and makes a dataset of them, as a script would. */
  private UUID imported() throws IOException {
    byte[] zip = chosenGarments();
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
    UUID made =
        UUID.fromString(
            script()
                .contentType("application/json")
                .body(
                    Map.of(
                        "name",
                        "Garments",
                        "kind",
                        "IMAGE",
                        "description",
                        "",
                        "source",
                        Map.of("format", "ZIP", "upload", upload)))
                .post(api + "/datasets")
                .then()
                .statusCode(202)
                .extract()
                .path("datasetId"));
    trials.await(
        60,
        made,
        () -> datasets.datasets(project.id()).stream().anyMatch(d -> d.id().equals(made)));
    return made;
  }

  private RequestSpecification script() {
    return given().header("Authorization", "Bearer " + owner.token());
  }

  private static byte[] chosenGarments() throws IOException {
    List<String> lines = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream in =
            PictureJobQuarkusTest.class.getResourceAsStream(
                "/datasets/atelier-garments/garments.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String line : new String(files.get("labels.csv"), StandardCharsets.UTF_8).split("\\R")) {
        String[] fields = line.split(",");
        boolean head = lines.isEmpty();
        boolean wanted =
            head
                || fields[2].equals("front")
                    && LABELS.contains(fields[3])
                    && counts.merge(fields[3], 1, Integer::sum) <= PER_LABEL;
        if (wanted) {
          lines.add(line);
        }
        if (wanted && !head) {
          zip.putNextEntry(new ZipEntry(fields[0]));
          zip.write(files.get(fields[0]));
        }
      }
      zip.putNextEntry(new ZipEntry("labels.csv"));
      zip.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
