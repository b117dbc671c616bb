package org.atelier.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.atelier.platform.web.Chromium;

/**
 * One person's browser on the running application. Whatever the page writes to the console as an
 * error, or throws, is remembered and fails the test at {@link #close()} unless it was expected.
 */
public final class Browsing implements AutoCloseable {

  /** What every person of the tests chooses when the one-time password must be changed. */
  public static final String PASSWORD = "a long new password";

  /** What still passes as not moving; above 0.1 people are disturbed (web.dev/cls). */
  private static final double MOST_SHIFT = 0.05;

  private static final int STEP = 50;
  private static final String WATCH_SHIFTS =
      """
      window.shifts = [];
      const still = new CSSStyleSheet();
      still.replaceSync('*, *::before, *::after { transition: none !important; }');
      document.adoptedStyleSheets = [still];
      new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (!entry.hadRecentInput) window.shifts.push([entry.value,
          entry.sources.map(s => s.node?.outerHTML?.slice(0, 120) ?? s.node?.textContent)]);
      })).observe({type: 'layout-shift', buffered: true});
      """;

  private static final String AXE = script("/axe.min.js");
  private static final String RUN_AXE =
      """
      async all => {
        const options = {resultTypes: ['violations']};
        if (!all) options.runOnly = {type: 'rule', values: ['color-contrast']};
        const found = await axe.run(document, options);
        return found.violations.filter(rule => ['serious', 'critical'].includes(rule.impact))
          .map(rule => `${rule.id} (${rule.nodes.length}): ${rule.nodes[0].html.slice(0, 200)} `
            + rule.nodes[0].failureSummary.replace(/\\s+/g, ' '));
      }
      """;

  private final BrowserContext context;
  private final Page page;
  private final String base;
  private final ColorScheme theme;
  private final List<String> complaints = new ArrayList<>();
  private Predicate<String> expected = complaint -> false;

  private Browsing(BrowserContext context, String base, ColorScheme theme) {
    this.context = context;
    this.theme = theme;
    this.base = base;
    context.addInitScript(WATCH_SHIFTS);
    context.onConsoleMessage(this::hear);
    context.onWebError(error -> complain(error.error()));
    page = context.newPage();
  }

  /** A fresh browser profile. */
  public static Browsing open(Chromium chromium, String base, ColorScheme theme, int width) {
    NewContextOptions options =
        new NewContextOptions()
            .setColorScheme(theme)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setViewportSize(width, 900);
    if (width < 600) {
      options.setHasTouch(true);
    }
    return new Browsing(chromium.context(options), base, theme);
  }

  /** A fresh browser profile on a wide light screen. */
  public static Browsing open(Chromium chromium, String base) {
    return open(chromium, base, ColorScheme.LIGHT, 1440);
  }

  public Page page() {
    return page;
  }

  public BrowserContext context() {
    return context;
  }

  /** Opens an address of the application, which must answer with 200. */
  public void visit(String path) {
    assertEquals(200, status(path), path);
  }

  /** Opens an address of the application; the status of the page it ended on. */
  public int status(String path) {
    Response response = page.navigate(base + path);
    return response == null ? 0 : response.status();
  }

  /** The whole address of a path of the application. */
  public String address(String path) {
    return base + path;
  }

  /** The path of the page that is open. */
  public String path() {
    return page.url().substring(base.length());
  }

  /**
   * Signs in at the door, and chooses {@link #PASSWORD} when the password given was a one-time one.
   */
  public void signIn(String email, String password) {
    visit("/sign-in");
    page.getByLabel("E-mail address").fill(email);
    page.getByLabel("Password").fill(password);
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile("^(?!.*/sign-in).*$"));
    if (page.url().contains("/account/password")) {
      page.getByLabel("One-time password").fill(password);
      page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
      page.getByLabel("New password again").fill(PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile("^(?!.*/account/password).*$"));
    }
    assertThat(page.locator(".rail")).isVisible();
  }

  /** Presses keys, one after the other. */
  public void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  /** Goes with Tab, like somebody without a mouse, to what the selector names. */
  public void tabTo(String selector) {
    for (int stop = 0; stop < 200; stop++) {
      page.keyboard().press("Tab");
      Object there =
          page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector);
      if (Boolean.TRUE.equals(there)) {
        return;
      }
    }
    throw new AssertionError(selector + " cannot be reached with Tab on " + page.url());
  }

  /** Waits for something that happens outside the page too. */
  public void await(String what, int seconds, BooleanSupplier happened) {
    for (long waited = 0; waited < seconds * 1000L; waited += STEP) {
      if (happened.getAsBoolean()) {
        return;
      }
      page.waitForTimeout(STEP);
    }
    assertTrue(
        happened.getAsBoolean(),
        () -> "Never happened: " + what + "; the page says: " + page.innerText("body"));
  }

  /** Takes the network away; what a page sends before it has noticed may still get through. */
  public void goOffline() {
    context.setOffline(true);
    await("the page has noticed that it is offline", 60, () -> !reachesTheServer());
  }

  private boolean reachesTheServer() {
    return (Boolean)
        page.evaluate(
            "() => fetch('/favicon.svg', {cache: 'no-store'}).then(() => true, () => false)");
  }

  /** From now on, console errors that contain one of the texts are no failure. */
  public void expect(String... texts) {
    List<String> list = List.of(texts);
    expected = expected.or(complaint -> list.stream().anyMatch(complaint::contains));
  }

  /** {@link #flaws()} finds nothing. */
  public void assertSound() {
    assertEquals(List.of(), flaws(), path() + " at " + page.viewportSize().width);
  }

  /**
   * What is wrong with the page as it stands, one line each: serious barriers in either theme,
   * sideways scrolling, moving by itself, errors in the console since the last call.
   */
  public List<String> flaws() {
    List<String> flaws = new ArrayList<>(barriers(true));
    tooWide().forEach(element -> flaws.add("scrolls sideways: " + element));
    Object shift = page.evaluate("window.shifts.map(s => s[0]).reduce((a, b) => a + b, 0)");
    if (((Number) shift).doubleValue() > MOST_SHIFT) {
      flaws.add("moves by itself: " + page.evaluate("JSON.stringify(window.shifts)"));
    }
    paint(theme == ColorScheme.DARK ? ColorScheme.LIGHT : ColorScheme.DARK);
    barriers(false).forEach(barrier -> flaws.add("in the other theme: " + barrier));
    paint(theme);
    flaws.addAll(complaints);
    complaints.clear();
    return flaws;
  }

  private void paint(ColorScheme scheme) {
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
    page.evaluate("() => new Promise(done => setTimeout(done, 60))"); // colours have arrived
  }

  /** What axe-core calls serious or critical: of all its rules, or of contrast alone. */
  private List<String> barriers(boolean all) {
    if (all) {
      page.evaluate(AXE);
    }
    List<String> lines = new ArrayList<>();
    ((List<?>) page.evaluate(RUN_AXE, all)).forEach(line -> lines.add(line.toString()));
    return lines;
  }

  /** What reaches beyond the right edge, outermost first; empty when the page does not scroll. */
  private List<?> tooWide() {
    return (List<?>)
        page.evaluate(
            """
            document.documentElement.scrollWidth <= innerWidth ? [] :
              [...document.querySelectorAll('main *')]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                .slice(0, 4).map(e => e.outerHTML.slice(0, 140))
            """);
  }

  @Override
  public void close() {
    context.close();
    assertEquals(List.of(), complaints, "errors in the console");
  }

  /** The rules that axe-core's own tests run; they lie beside its Java client. */
  private static String script(String resource) {
    try (InputStream in = AxeBuilder.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void hear(ConsoleMessage message) {
    if (message.type().equals("error")) {
      complain(message.text() + " (" + message.location() + ")");
    }
  }

  private void complain(String complaint) {
    if (!expected.test(complaint)) {
      complaints.add(complaint);
    }
  }
}
