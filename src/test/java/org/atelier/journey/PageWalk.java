package org.atelier.journey;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Follows every link of the application from a page on, one page of each kind: addresses that
 * differ only in ids and numbers are one kind. Looks at each page in both themes.
 */
final class PageWalk {

  /** Compressed bytes of a page with its scripts, styles and fonts, where there are no charts. */
  private static final int MOST_BYTES = 200_000;

  /** What differs between addresses of one kind: ids, numbers, digests, places in long lists. */
  private static final Pattern ID =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|(?<=[/=])\\d+(?=$|[/?&])|[0-9a-f]{64}"
              + "|(?<=[?&](cursor|before|after)=)[^&]+");

  /** Times that Tab goes round a page: a part that is replaced meanwhile throws it back. */
  private static final int ROUNDS = 3;

  private static final Pattern NO_PAGE =
      Pattern.compile("^/(api|static|q|sign-in).*|.*\\.(csv|json)$|.*/blobs/.*|.*#.*");
  private static final String LINKS =
      """
      [...document.querySelectorAll('a[href]:not([download])')]
        .filter(a => a.origin === location.origin).map(a => a.pathname + a.search + a.hash)
      """;
  private static final String BYTES =
      """
      performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')
          .filter(r => /\\.(js|css|woff2)(\\?|$)/.test(r.name)))
        .map(r => r.encodedBodySize).reduce((a, b) => a + b, 0)
      """;
  private static final String WATCH_FOCUS =
      """
      () => {
      window.reached = new Set(); window.unseen = [];
      document.addEventListener('focusin', event => {
        window.reached.add(event.target);
        const style = getComputedStyle(event.target);
        if (style.outlineStyle === 'none' && style.boxShadow === 'none')
          window.unseen.push(event.target.outerHTML.slice(0, 120));
      });
      window.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]),'
          + ' select, textarea, summary, [tabindex="0"]')]
        .filter(e => !e.matches(':disabled') && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
        .filter(e => e.type !== 'radio' || e.checked || !document.querySelector(
          `input[type=radio][name="${e.name}"]:checked`) && e === document.querySelector(
          `input[type=radio][name="${e.name}"]`));
      return window.stops.length; }
      """;
  private static final String MISSED =
      """
      window.stops.filter(e => !window.reached.has(e) && e.isConnected)
        .map(e => 'not reached with Tab: ' + e.outerHTML.slice(0, 120))
        .concat(window.unseen.map(e => 'focus is not visible: ' + e))
      """;

  private final Browsing browsing;
  private final Page page;
  private final Set<String> kinds = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<String> seen = new ArrayList<>();
  private final List<String> flaws = new ArrayList<>();
  private final boolean byKeyboard;
  private final String project;

  /**
   * @param project only pages of this project, and of none, are looked at
   * @param byKeyboard whether Tab must reach everything, too
   */
  PageWalk(Browsing browsing, String project, boolean byKeyboard) {
    this.browsing = browsing;
    this.page = browsing.page();
    this.project = project;
    this.byKeyboard = byKeyboard;
  }

  /** What is wrong, one line each, with the page's address. */
  List<String> from(String... starts) {
    List.of(starts).forEach(this::offer);
    while (!open.isEmpty()) {
      look(open.poll());
    }
    return flaws;
  }

  /** The addresses that were looked at. */
  List<String> seen() {
    return seen;
  }

  private void offer(String address) {
    boolean foreign = address.startsWith("/p/") && !(address + "/").startsWith(project + "/");
    if (foreign || NO_PAGE.matcher(address).matches()) {
      return;
    }
    if (kinds.add(ID.matcher(address).replaceAll("*"))) {
      open.add(address);
    }
  }

  private void look(String address) {
    seen.add(address);
    Response response = page.navigate(browsing.address(address));
    if (response.status() != 200) {
      flaws.add(address + ": answers " + response.status());
      return;
    }
    page.locator("figure.chart").all().forEach(this::drawn);
    browsing.flaws().forEach(flaw -> flaws.add(address + ": " + flaw));
    weigh(address);
    if (byKeyboard) {
      walkWithTab(address);
    }
    for (Object link : (List<?>) page.evaluate(LINKS)) {
      offer(link.toString());
    }
  }

  private void drawn(Locator figure) {
    figure.scrollIntoViewIfNeeded();
    figure.locator("canvas, .no-data").first().waitFor();
  }

  private void weigh(String address) {
    boolean charts = page.locator("figure.chart").count() > 0;
    int bytes = ((Number) page.evaluate(BYTES)).intValue();
    if (!charts && bytes > MOST_BYTES) {
      flaws.add(address + ": weighs " + bytes + " bytes");
    }
  }

  private void walkWithTab(String address) {
    int stops = ((Number) page.evaluate(WATCH_FOCUS)).intValue();
    List<?> missed = List.of();
    for (int round = 0; round < ROUNDS && (round == 0 || !missed.isEmpty()); round++) {
      for (int stop = 0; stop < stops + 4; stop++) {
        page.keyboard().press("Tab");
      }
      missed = (List<?>) page.evaluate(MISSED);
    }
    missed.forEach(flaw -> flaws.add(address + ": " + flaw));
  }
}
