package org.atelier.home;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.atelier.dataset.Datasets;
import org.atelier.home.demo.Demo;
import org.atelier.labeling.HumanLabel;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.MachineLabel;
import org.atelier.platform.Ids;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.Chromium;
import org.atelier.workforce.People;
import org.junit.jupiter.api.Test;

/** What a newcomer does with the demo, in a real browser, from signing in to the export. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class DemoJourneyQuarkusTest {

  private static final String PASSWORD = "a long new password";
  private static final long MINUTE = 60_000;
  private static final long STEP = 250;

  @Inject People people;
  @Inject Demo demo;
  @Inject Jobs jobs;
  @Inject Datasets datasets;
  @Inject LearningBridge bridge;

  @TestHTTPResource("/")
  String home;

  @Test
  void aNewcomerLabelsLosesTheNetworkSeesMachineLabelsAndExports() throws Exception {
    try (Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.browser().newContext()) {
      Page page = context.newPage();
      signIn(page);
      tryTheDemo(page);
      labelByKeyboard(page, context);
      letSimulatedPeopleAnswer(page);
      export(page);
    }
  }

  private void signIn(Page page) {
    People.NewAccount account =
        people.createAccount("a-" + Ids.next() + "@example.com", "Ana Castro", true);
    page.navigate(home);
    page.fill("#email", account.email());
    page.fill("#password", account.oneTimePassword());
    page.keyboard().press("Enter");
    page.fill("#old", account.oneTimePassword());
    page.fill("#fresh", PASSWORD);
    page.fill("#again", PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL("**/projects");
  }

  /** Two clicks from the offer to the first item. */
  private void tryTheDemo(Page page) {
    page.navigate(home + "demo");
    page.click("text=Try the demo");
    page.waitForSelector(
        "text=Start labeling", new Page.WaitForSelectorOptions().setTimeout(4 * MINUTE));
    page.click("text=Start labeling");
    assertThat(page.locator("#panel .labels button").first()).isVisible();
  }

  private void labelByKeyboard(Page page, BrowserContext context) throws InterruptedException {
    for (String key : List.of("1", "2", "3", "4", "5")) {
      answer(page, key);
    }
    await("five answers are kept", () -> humanLabels().size() == 5, MINUTE);
    context.setOffline(true);
    for (String key : List.of("6", "7", "8")) {
      answer(page, key);
    }
    assertThat(page.locator("#status"))
        .not()
        .isEmpty(new LocatorAssertions.IsEmptyOptions().setTimeout(20_000));
    assertEquals(5, humanLabels().size());
    context.setOffline(false);
    await("the answers given without network are kept", () -> humanLabels().size() == 8, MINUTE);
  }

  /** Presses a key and waits until another item is shown. */
  private static void answer(Page page, String key) {
    String before = page.locator("#about .external-id").textContent();
    page.keyboard().press(key);
    assertThat(page.locator("#about .external-id")).not().hasText(before);
  }

  private void letSimulatedPeopleAnswer(Page page) throws InterruptedException {
    page.navigate(home + "p/demo/jobs/" + job().id() + "/simulated");
    page.fill("#errorPercent", "0");
    page.fill("#answersPerMinute", "6000");
    page.click("text=Let them answer");
    assertThat(page.locator("text=Send them home")).isVisible();
    await("machine labels arrive", () -> !machineLabels().isEmpty(), 15 * MINUTE);
    page.reload();
    assertTrue(machineLabels().size() > 100);
  }

  private void export(Page page) throws IOException {
    JobView job = job();
    page.navigate(
        home + "p/demo/datasets/" + job.settings().datasetId() + "/export?labels=" + job.id());
    String address =
        home
            + "api/v1/projects/"
            + job.projectId()
            + "/datasets/"
            + job.settings().datasetId()
            + "/export?format=manifest&labels="
            + job.id();
    Path file =
        page.waitForDownload(
                () -> page.evaluate("address => { location.href = address; }", address))
            .path();
    checkManifest(Files.readAllLines(file));
  }

  private void checkManifest(List<String> lines) throws IOException {
    assertEquals(2_400, lines.size());
    ObjectMapper json = new ObjectMapper();
    int human = 0;
    int machine = 0;
    for (String line : lines) {
      JsonNode metadata = metadata(json.readTree(line));
      if (metadata != null) {
        human += metadata.get("human-annotated").asText().equals("yes") ? 1 : 0;
        machine += metadata.get("human-annotated").asText().equals("no") ? 1 : 0;
        assertTrue(metadata.get("confidence").asDouble() >= 0);
        assertEquals("groundtruth/image-classification", metadata.get("type").asText());
      }
    }
    assertTrue(human > 100, human + " human labels");
    assertTrue(machine > 100, machine + " machine labels");
  }

  private static JsonNode metadata(JsonNode line) {
    for (var field : line.properties()) {
      if (field.getKey().endsWith("-metadata") && field.getValue().has("human-annotated")) {
        return field.getValue();
      }
    }
    return null;
  }

  private JobView job() {
    Demo.State state = demo.state();
    return jobs.job(state.projectId(), state.garmentsJob());
  }

  private List<HumanLabel> humanLabels() {
    List<HumanLabel> labels = new ArrayList<>();
    bridge.humanLabels(job().id(), labels::add);
    return labels;
  }

  private List<MachineLabel> machineLabels() {
    List<MachineLabel> labels = new ArrayList<>();
    bridge.machineLabels(job().id(), labels::add);
    return labels;
  }

  private static void await(String what, BooleanSupplier done, long longest)
      throws InterruptedException {
    for (long waited = 0; waited < longest && !done.getAsBoolean(); waited += STEP) {
      Thread.sleep(STEP);
    }
    assertTrue(done.getAsBoolean(), "Never happened: " + what);
  }
}
