package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobFormTest {

  @Test
  void whatWasTypedIsKeptBesideWhatIsWrongWithIt() {
    JobForm form =
        JobForm.typed(
            new MultivaluedHashMap<>(
                Map.of(
                    "title",
                    " Autumn ",
                    "answersPerItem",
                    "three",
                    "target",
                    "97,5",
                    "risk",
                    "x")));
    JobSettings settings = form.settings(null);
    assertEquals("Autumn", settings.title());
    assertEquals(0.975, settings.learning().target(), 1e-12);
    assertEquals("Write a whole number.", form.problem("answersPerItem"));
    assertEquals("Write a number.", form.problem("risk"));
    assertEquals("three", form.value("answersPerItem"));
    assertTrue(form.hasProblems());
  }

  @Test
  void settingsSurviveTheForm() {
    JobSettings settings =
        new JobSettings(
            "Job",
            java.util.UUID.randomUUID(),
            3,
            TaskType.MULTI,
            List.of(LabelDefinition.named("a"), LabelDefinition.named("b")),
            "Look.",
            java.util.Set.of(java.util.UUID.randomUUID(), java.util.UUID.randomUUID()),
            new JobSettings.Answering(3, 5, "dawid-skene", false, false, 900, 20),
            new JobSettings.Learning(
                true,
                0.975,
                GuaranteeScope.DATASET,
                0.1,
                2_500,
                Map.of(
                    "features",
                    "embeddings",
                    "strategy",
                    "entropy",
                    "coverage",
                    0.925,
                    "patience",
                    4,
                    "startFrom",
                    "an earlier job")),
            new JobSettings.Budget(12_000, 7, new java.math.BigDecimal("0.08"), "EUR"));
    assertEquals(settings, JobForm.of(settings).settings(settings));
    assertFalse(JobForm.of(settings).hasProblems());
    assertEquals(Map.of(), JobRules.breaches(settings));
  }

  @Test
  void everyLengthOfALeaseSurvivesTheForm() {
    for (int seconds = 60; seconds <= 3_600; seconds++) {
      JobForm form = JobForm.fresh(null, "one\ntwo");
      JobSettings fresh = form.settings(null);
      JobSettings settings =
          new JobSettings(
              fresh.title(),
              fresh.datasetId(),
              fresh.datasetVersion(),
              fresh.taskType(),
              fresh.labels(),
              fresh.instructions(),
              fresh.workers(),
              new JobSettings.Answering(1, 1, "majority", true, false, seconds, 0),
              fresh.learning(),
              fresh.budget());
      assertEquals(seconds, JobForm.of(settings).settings(null).answering().leaseSeconds());
    }
  }

  @Test
  void breachesAreNamedByField() {
    JobSettings settings =
        JobForm.fresh(null, "one\nshirt | 1\ntwo | 1 | #12\n  s | s").settings(null);
    Map<String, String> breaches = JobRules.breaches(settings);
    assertEquals(
        List.of("title", "dataset", "labels.2.color", "labels.2.shortcut", "labels.3.shortcut"),
        List.copyOf(breaches.keySet()));
    assertEquals(
        "The key “1” belongs to two labels. "
            + "Free keys: 2 3 4 5 6 7 8 9 0 a b c e f g h j k l m n o p r t x y.",
        breaches.get("labels.2.shortcut"));
    assertEquals(
        "The key “s” does something else on the work page. "
            + "Free keys: 2 3 4 5 6 7 8 9 0 a b c e f g h j k l m n o p r t x y.",
        breaches.get("labels.3.shortcut"));
  }

  @Test
  void emptyFieldsOfLearningAreTheUsualValues() {
    JobForm form =
        JobForm.typed(
            new MultivaluedHashMap<>(
                Map.of("batchSize", "", "features", "", "coverage", " ", "patience", "")));
    JobSettings settings = form.settings(null);
    assertEquals(0, settings.learning().batchSize());
    assertEquals(Map.of(), settings.learning().options());
    assertFalse(form.hasProblems() && form.problem("coverage") != null);
    assertEquals("", JobForm.of(settings).value("batchSize"));
  }

  @Test
  void optionsThatAreNoNumbersAreSaidBesideTheirFields() {
    JobForm form =
        JobForm.typed(new MultivaluedHashMap<>(Map.of("coverage", "most", "patience", "2.5")));
    form.settings(null);
    assertEquals("Write a number above 0 and at most 100.", form.problem("coverage"));
    assertEquals("Write a whole number from 1 to 100.", form.problem("patience"));
    assertTrue(form.asksMore());
    form.blame("options.features", "Nothing computes them.");
    assertEquals("Nothing computes them.", form.problem("features"));
  }

  @Test
  void aRoundThatIsTooSmallOrTooLargeIsRefusedWithTheLimits() {
    for (String typed : List.of("9", "5001")) {
      JobForm form = JobForm.typed(new MultivaluedHashMap<>(Map.of("batchSize", typed)));
      assertEquals(
          "A round asks for 10 to 5,000 items; empty, for as many as the budget suggests.",
          JobRules.breaches(form.settings(null)).get("batchSize"));
    }
  }

  @Test
  void instructionsCannotRunAnything() {
    String html =
        Instructions.html(
            "# Look\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) "
                + "![p](https://x.example/p.png) ![q](data:image/png;base64,AA) **bold**",
            url -> "/pictures/proxied?u=1");
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("javascript:"), html);
    assertFalse(html.contains("x.example"), html);
    assertFalse(html.contains("data:image"), html);
    assertTrue(html.contains("/pictures/proxied?u&#61;1"), html);
    assertTrue(html.contains("<strong>bold</strong>"), html);
    assertTrue(html.contains("&lt;script&gt;"), html);
  }
}
