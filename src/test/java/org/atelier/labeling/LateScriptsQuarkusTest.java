package org.atelier.labeling;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitUntilState;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.platform.web.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever is faster than the scripts of a page loses nothing: they are held until a test asks. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class LateScriptsQuarkusTest extends LabelingScene {

  private static final String SCRIPTS = "**/*.js";
  private static final String KEPT_FOR =
      """
      async () => {
        const names = (await caches.keys()).filter(name => name.startsWith('atelier-work-'));
        const workers = await navigator.serviceWorker.getRegistrations();
        return names.concat(workers.map(one => one.scope)).sort();
      }
      """;

  /** A new worker throws away what others kept, so the pages come after all workers. */
  private static final String LEAVE_PAGES =
      """
      async () => {
        const people = [document.body.dataset.person, 'somebody-else'];
        for (const person of people) {
          const made = await navigator.serviceWorker.register(
            '/static/work-worker.js?person=' + person, {scope: `/p/${person}`});
          const worker = made.installing ?? made.waiting ?? made.active;
          await new Promise(done => {
            const look = () => worker.state === 'activated' && done();
            worker.addEventListener('statechange', look);
            look();
          });
        }
        for (const person of people) await caches.open('atelier-work-' + person);
      }
      """;

  private static Chromium chromium;

  @TestHTTPResource("/")
  URL root;

  private final List<Route> held = new CopyOnWriteArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    chromium.close();
  }

  @BeforeEach
  void holdTheScripts() {
    context = chromium.context();
    page = context.newPage();
    page.route(SCRIPTS, this::hold);
  }

  @AfterEach
  void leave() {
    context.close();
  }

  @Test
  void dialogsOpenAndWhatIsInThemIsSent() {
    UUID job = startedJob();
    open(boss, path(job));
    Locator dialog = page.locator("dialog#act-stop");
    page.locator("[data-open=act-stop]").click();
    assertThat(dialog).isVisible();
    dialog.getByText("Not now").click();
    assertThat(dialog).isHidden();
    page.locator("[data-open=act-stop]").click();
    page.locator("#act-stop-reason").fill("The season is over");
    dialog.locator("button[name=act]").click();
    assertThat(page.locator("#job-state")).containsText("Stopped");
    page.locator("button.find").click();
    page.locator("dialog#search input").fill("Collars");
    page.keyboard().press("Enter");
    assertThat(page.locator(".hits a").first()).containsText("Collars");
  }

  @Test
  void filesChosenEarlierAreReadAndNothingIsSentUntilThen() {
    open(boss, "/p/" + project.slug() + "/datasets/new");
    page.locator("input[name=format][value=CSV]").check();
    page.locator("#files").setInputFiles(file("id,text\n1,Soft coat\n"));
    Locator send = button("Import");
    assertThat(send).isDisabled();
    page.locator("#name").fill("Reviews");
    page.keyboard().press("Enter");
    letTheScriptsCome();
    assertThat(page.locator("[data-columns]")).containsText("id, text");
    assertThat(page.locator("#name")).hasValue("Reviews");
    send.click();
    assertThat(page.locator("#import .state")).containsText("Done: 1 new item");
  }

  @Test
  void embeddingsChosenEarlierAreSent() {
    open(boss, "/p/" + project.slug() + "/datasets/" + dataset + "/embeddings");
    page.locator("#files").setInputFiles(file("id,a,b\ne0,1,2\n"));
    assertThat(button("Read them")).isDisabled();
    letTheScriptsCome();
    assertThat(page.locator("[data-chosen]")).hasText("texts.csv");
    button("Read them").click();
    assertThat(page.locator("#embeddings")).containsText("items have no embedding");
  }

  @Test
  void aDatasetAndALabelChosenEarlierCountInTheJobsForm() {
    String rename = "update dataset.dataset set name = 'Summer' where id = ?";
    QuarkusTransaction.requiringNew().run(() -> jdbi.useHandle(h -> h.execute(rename, dataset)));
    UUID other = texts(project.id(), 3);
    open(boss, "/p/" + project.slug() + "/jobs/new?dataset=" + dataset);
    page.locator("#dataset").selectOption(other + "/1");
    Locator names = page.locator("[name=labelName]");
    int rows = names.count();
    names.last().fill("Shirt");
    Response choices =
        page.waitForResponse(
            answer -> answer.url().contains("/learning-choices?"), this::letTheScriptsCome);
    assertTrue(choices.url().contains(other.toString()), choices.url());
    assertThat(names).hasCount(rows + 1);
  }

  @Test
  void theWorkPageSaysThatItsItemsAreOnTheirWay() {
    open(labeler, path(startedJob()) + "/work");
    assertThat(page.locator("#rest")).containsText("One moment");
    assertThat(page.locator("#panel")).isHidden();
    letTheScriptsCome();
    assertThat(page.locator("#about .external-id")).hasText("e0");
    assertThat(page.locator("#rest")).isHidden();
    assertThat(page.locator("#panel")).isVisible();
  }

  @Test
  void pagesKeptForSomebodyElseGoEvenWhenTheDoorsScriptsDidNotRun() {
    open(labeler, "/account");
    page.evaluate(LEAVE_PAGES);
    String own = page.locator("body").getAttribute("data-person");
    letTheScriptsCome();
    List<String> kept = List.of("atelier-work-" + own, base() + "/p/" + own);
    page.waitForCondition(() -> kept.equals(page.evaluate(KEPT_FOR)));
  }

  private void open(SignedIn person, String path) {
    context.addCookies(
        person.cookies().entrySet().stream()
            .map(one -> new Cookie(one.getKey(), one.getValue()).setUrl(base()))
            .toList());
    page.navigate(base() + path, new NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    assertThat(page.locator(".toasts")).isAttached(); // the end of the page
  }

  private String base() {
    return root.toString().replaceAll("/$", "");
  }

  /** The script in the head, which the page waits for, is not held. */
  private void hold(Route route) {
    if (route.request().url().endsWith("/theme.js")) {
      route.resume();
    } else {
      held.add(route);
    }
  }

  private void letTheScriptsCome() {
    page.unroute(SCRIPTS);
    held.forEach(Route::resume);
    page.waitForLoadState();
  }

  private static FilePayload file(String text) {
    return new FilePayload("texts.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}
