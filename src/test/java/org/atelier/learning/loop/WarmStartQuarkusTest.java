package org.atelier.learning.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.EarlierModels;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LabelDefinition;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.WarmLearner;
import org.atelier.learning.pool.FeatureService;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class WarmStartQuarkusTest {

  @Inject Jdbi jdbi;
  @Inject Jobs jobs;
  @Inject LearningLoop loop;
  @Inject LoopTrials trials;
  @Inject ModelStore models;
  @Inject FeatureService features;
  @Inject Certificates certificates;
  @Inject EarlierModels earlierModels;
  @Inject TestPeople people;

  @Test
  void aJobStartsFromTheModelOfAnEarlierOneOverOtherItems() throws Exception {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TextPool first = new TextPool(jdbi, project.id(), 900, 5);
    UUID earlier = trials.start(first, Map.of(), null);
    trials.workUntil(120, first, earlier, () -> trials.completed(earlier));
    String digest = aStoredModelIsWhatTheCertificateNames(owner, project, earlier);

    assertEquals(earlier, earlierModels.of(project.id()).get(0).jobId());
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/jobs/new")
        .then()
        .statusCode(200)
        .body(containsString("Start from the model of"))
        .body(containsString(earlier.toString()));

    TextPool second = new TextPool(jdbi, project.id(), 900, 6);
    UUID later = trials.start(second, Map.of(EarlierModels.OPTION, earlier.toString()), null);
    trials.workUntil(60, second, later, () -> trials.trained(later));
    LearnerRow row = loop.learner(later).orElseThrow();
    assertEquals(earlier, row.startJobId());
    assertEquals(digest, row.startModelSha256());
    assertNull(row.startNote());
    assertNotEquals(loop.learner(earlier).orElseThrow().featureSetId(), row.featureSetId());
    assertEquals(
        features.describe(loop.learner(earlier).orElseThrow().featureSetId()).learnedDigest(),
        features.describe(row.featureSetId()).learnedDigest(),
        "both read the items alike");
    RoundRow trained =
        loop.rounds(later).stream()
            .filter(one -> one.modelSha256() != null)
            .findFirst()
            .orElseThrow();
    assertTrue(
        trained.facts().model().contains("averaged with an earlier job's model"),
        trained.facts().model());
    given()
        .cookie(TestPeople.COOKIE, owner.session())
        .get("/p/" + project.slug() + "/jobs/" + later + "/learning")
        .then()
        .statusCode(200)
        .body(containsString("Started from the model of"));

    trials.workUntil(120, second, later, () -> trials.completed(later));
    Certificate certificate =
        certificates.find(project.id(), later).map(CertificateView::document).orElseThrow();
    assertEquals(Certificate.State.CERTIFIED, certificate.guarantee().state());
    assertEquals(digest, certificate.job().startedFrom().digest());
    assertTrue(certificate.guarantee().accuracyAtLeast() >= 0.95);
    assertTrue(certificate.audits().stream().anyMatch(audit -> audit.drawn() > 0));
  }

  /** The newest audited model: named by the certificate, handed out whole, and loaded again. */
  private String aStoredModelIsWhatTheCertificateNames(
      TestPeople.Visitor owner, ProjectRef project, UUID job) throws Exception {
    Certificate certificate =
        certificates.find(project.id(), job).map(CertificateView::document).orElseThrow();
    int audited = certificate.audits().get(certificate.audits().size() - 1).round();
    String digest =
        certificate.models().stream()
            .filter(model -> model.round() == audited)
            .findFirst()
            .orElseThrow()
            .digest();
    String path = "/api/v1/projects/" + project.id() + "/jobs/" + job + "/learning/models/";
    byte[] file =
        given()
            .header("Authorization", "Bearer " + owner.token())
            .get(path + digest)
            .then()
            .statusCode(200)
            .contentType("application/zip")
            .extract()
            .asByteArray();
    assertEquals(
        digest, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
    given()
        .header("Authorization", "Bearer " + owner.token())
        .get(path + "0".repeat(64))
        .then()
        .statusCode(404);
    TestPeople.Visitor stranger = people.visitor("Ines");
    given()
        .header("Authorization", "Bearer " + stranger.token())
        .get(path + digest)
        .then()
        .statusCode(404);

    ModelStore.Stored stored = models.get(digest);
    assertEquals(List.of("a", "b", "c", "d"), stored.card().classes());
    assertEquals(job, stored.card().job());
    LearnerRow row = loop.learner(job).orElseThrow();
    Learner fresh = features.learner(row.featureSetId(), 900);
    float[] once = WarmLearner.said(fresh, stored.model());
    float[] again =
        WarmLearner.said(features.learner(row.featureSetId(), 900), models.get(digest).model());
    assertEquals(900 * 4, once.length);
    assertArrayEquals(once, again, 0f);
    return digest;
  }

  @Test
  void aJobWithOtherLabelsOrOfAnotherProjectCannotBeStartedFrom() {
    TestPeople.Visitor owner = people.visitor("Ana");
    ProjectRef project = people.projectOf(owner);
    TextPool pool = new TextPool(jdbi, project.id(), 600, 7);
    UUID earlier = trials.start(pool, Map.of(), null);
    trials.workUntil(60, pool, earlier, () -> trials.trained(earlier));
    JobSettings old = jobs.job(earlier).settings();
    List<LabelDefinition> others = List.of(LabelDefinition.named("a"), LabelDefinition.named("z"));
    ProblemException otherLabels =
        assertThrows(
            ProblemException.class,
            () -> jobs.create(project.id(), from(old, pool.dataset, others, earlier)));
    assertTrue(otherLabels.getMessage().contains("a, b, c, d"), otherLabels.getMessage());
    assertEquals(EarlierModels.OPTION, otherLabels.members().get("field"));

    ProjectRef elsewhere = people.projectOf(owner);
    TextPool foreign = new TextPool(jdbi, elsewhere.id(), 400, 8);
    assertThrows(
        ProblemException.class,
        () -> jobs.create(elsewhere.id(), from(old, foreign.dataset, old.labels(), earlier)));
    jobs.stop(project.id(), earlier, "The test is over.");

    String page = "/p/" + project.slug() + "/jobs/" + earlier;
    String draft =
        Forms.send(
                owner,
                page + "/learning",
                "/p/" + project.slug() + "/learning/" + earlier + "/successor",
                Map.of())
            .statusCode(303)
            .extract()
            .header("Location");
    UUID successor = UUID.fromString(draft.replaceAll(".*/jobs/([^/]+)/settings", "$1"));
    assertEquals(
        earlier.toString(),
        jobs.job(successor).settings().learning().options().get(EarlierModels.OPTION));
  }

  private static JobSettings from(
      JobSettings old, UUID dataset, List<LabelDefinition> labels, UUID earlier) {
    JobSettings.Learning learning = old.learning();
    return new JobSettings(
        "Another",
        dataset,
        1,
        old.taskType(),
        labels,
        "",
        old.workers(),
        old.answering(),
        new JobSettings.Learning(
            true,
            learning.target(),
            learning.scope(),
            learning.risk(),
            learning.batchSize(),
            Map.of(EarlierModels.OPTION, earlier.toString())),
        old.budget());
  }
}
