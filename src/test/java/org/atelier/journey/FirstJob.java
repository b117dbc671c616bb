package org.atelier.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The main job as one person does it in a browser: each method is a stretch of the way. */
final class FirstJob {

  static final double TARGET = 0.9;

  private static final int LABELED_ONLINE = 4;
  private static final int LABELED_OFFLINE = 3;
  private static final int LONGEST_RUN = 420;
  private static final List<String> DEPARTMENTS =
      List.of("Bottoms", "Dresses", "Knitwear", "Loungewear", "Outerwear", "Tops");

  private final Browsing browsing;
  private final Page page;
  private final Descriptions descriptions;

  FirstJob(Browsing browsing, Descriptions descriptions) {
    this.browsing = browsing;
    this.page = browsing.page();
    this.descriptions = descriptions;
  }

  /** The path of the new project. */
  String newProject(String slug) {
    browsing.visit("/projects");
    page.locator("#name").fill("Autumn reviews");
    page.locator("#slug").fill(slug);
    button("Create project").click();
    page.waitForURL("**/p/" + slug);
    return "/p/" + slug;
  }

  void bringTheData(String project) {
    browsing.visit(project + "/datasets/new");
    page.locator("#name").fill("Reviews");
    page.locator("input[name=format][value=CSV]").check();
    page.locator("#files").setInputFiles(descriptions.file());
    assertThat(page.locator("#textColumns")).hasValue("text");
    assertThat(page.locator("#idColumn")).hasValue("id");
    page.locator("#labelColumn").fill("department");
    button("Import").click();
    assertThat(page.locator("#import"))
        .containsText(
            String.format(Locale.ROOT, "Done: %,d new items", descriptions.byId().size()),
            new ContainsTextOptions().setTimeout(60_000));
  }

  String newJob(String project) {
    browsing.visit(project + "/jobs/new");
    page.locator("[name=title]").fill("Which department is it about?");
    for (int i = 0; i < DEPARTMENTS.size(); i++) {
      assertThat(page.locator("[name=labelName]").nth(i)).hasValue(DEPARTMENTS.get(i));
    }
    page.locator("[name=target]").fill("90");
    page.locator("[name=batchSize]").fill("80");
    page.locator("[name=graceSeconds]").fill("0");
    button("Create and start").click();
    page.waitForURL(Pattern.compile(".*/jobs/[0-9a-f-]{36}$"));
    return browsing.path();
  }

  /** No mouse is used between the opening of the page and the end of the summary. */
  void labelByKeyboardThroughALossOfNetwork(String job) {
    browsing.await("there is work", 60, () -> hasWork(job));
    for (int i = 0; i < LABELED_ONLINE; i++) {
      answerTruly();
    }
    assertThat(page.locator(".way-state")).isHidden();
    browsing.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch");
    browsing.goOffline();
    for (int i = 0; i < LABELED_OFFLINE; i++) {
      answerTruly();
    }
    assertThat(page.locator("#status"))
        .containsText(
            Pattern.compile(
                "^Offline\\. [" + LABELED_OFFLINE + "-9] answers wait in this browser"));
    browsing.context().setOffline(false);
    assertThat(page.locator(".way-state")).isHidden();
    browsing.tabTo("#finish");
    browsing.press("Enter");
    assertThat(page.locator("dialog#done"))
        .containsText("You answered " + (LABELED_ONLINE + LABELED_OFFLINE) + " items");
    assertThat(page.locator("dialog#done")).containsText("Everything is safe on the server.");
    browsing.tabTo("#leave");
    browsing.press("Enter");
    page.waitForURL(address -> !address.endsWith(job + "/work"));
    browsing.visit(job);
    assertThat(fact("Answers")).containsText(String.valueOf(LABELED_ONLINE + LABELED_OFFLINE));
  }

  private boolean hasWork(String job) {
    browsing.visit(job + "/work");
    page.locator(".slide.current, #rest h2:not(:text-is('One moment'))").first().waitFor();
    return page.locator(".slide.current").count() > 0;
  }

  /** Presses the key of the true label of the item that is shown, and waits for the next item. */
  private void answerTruly() {
    String id = page.locator("#about .external-id").innerText();
    String department = descriptions.byId().get(id).department();
    Locator label =
        page.locator(".label").filter(new Locator.FilterOptions().setHasText(department));
    browsing.press(label.locator("kbd").innerText().strip().toLowerCase(Locale.ROOT));
    if (page.locator("#submit").isVisible()) {
      browsing.press("Enter");
    }
    assertThat(page.locator("#about .external-id")).not().hasText(id);
  }

  void sendSimulatedLabelers(String job) {
    browsing.visit(job + "/simulated");
    page.locator("#labelers").fill("4");
    page.locator("#errorPercent").fill("0");
    page.locator("#answersPerMinute").fill("600");
    button("Let them answer").click();
    assertThat(button("Send them home")).isVisible();
  }

  /** The number rises on the page as it was opened: no reload, no second visit. */
  void watchTheMachineLabelsArrive(String job) {
    browsing.visit(job + "/learning");
    page.evaluate("window.opened = true");
    Locator machine = fact("Labelled by the model");
    browsing.await(
        "labels of the model arrive",
        LONGEST_RUN,
        () -> !machine.first().innerText().split("\n")[0].strip().equals("0"));
    assertEquals(true, page.evaluate("window.opened"));
  }

  JsonNode theJobEndsWithACertificate(String job) throws IOException {
    browsing.visit(job);
    page.evaluate("window.opened = true");
    browsing.await(
        "the open page says that the job has ended",
        LONGEST_RUN,
        () -> page.locator(".page-head .state-word").innerText().contains("Completed"));
    assertEquals(true, page.evaluate("window.opened"));
    browsing.visit(job + "/certificate");
    assertThat(page.getByText("What is promised")).isVisible();
    assertThat(page.locator("table").first()).containsText("Audited in it");
    Download download =
        page.waitForDownload(
            () ->
                page.locator("a[download]")
                    .filter(new Locator.FilterOptions().setHasText("JSON"))
                    .click());
    JsonNode certificate = new ObjectMapper().readTree(download.path().toFile());
    assertEquals("CERTIFIED", certificate.at("/guarantee/state").asText());
    assertTrue(certificate.at("/guarantee/accuracyAtLeast").asDouble() >= TARGET);
    return certificate;
  }

  void checkTheManifest(String job, JsonNode certificate) throws IOException {
    browsing.visit(job);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Export")).first().click();
    page.waitForURL("**/export?**");
    Download download =
        page.waitForDownload(
            () ->
                page.locator("a[download]")
                    .filter(new Locator.FilterOptions().setHasText("manifest"))
                    .click());
    OutputManifest manifest =
        OutputManifest.check(download.path(), descriptions.byId(), DEPARTMENTS);
    assertEquals(certificate.at("/counts/human").asInt(), manifest.human());
    assertEquals(certificate.at("/counts/machine").asInt(), manifest.machine());
    assertEquals(descriptions.byId().size(), manifest.human() + manifest.machine());
    assertTrue(manifest.machineAccuracy() >= TARGET, "right: " + manifest.machineAccuracy());
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** The value of a fact by its term. */
  private Locator fact(String term) {
    return page.locator("dl.facts > div")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.locator(
                        "dt",
                        new Page.LocatorOptions().setHasText(Pattern.compile("^" + term + "$")))))
        .locator("dd");
  }
}
