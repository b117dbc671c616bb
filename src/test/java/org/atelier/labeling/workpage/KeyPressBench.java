package org.atelier.labeling.workpage;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Page;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.atelier.platform.web.Chromium;
import org.atelier.platform.web.FrontEnd;

/**
 * Measures key press to next item on screen in Chromium: from the time stamp of the key event to
 * the first task after the frame that shows the next, decoded picture.
 *
 * <p>Arguments: number of key presses (300), milliseconds between them (150).
 */
final class KeyPressBench {

  private static final String PROBE =
      """
      window.samples = []; window.late = 0;
      addEventListener('keydown', event => {
        const before = document.querySelector('#about .external-id').textContent;
        const look = frame => requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            const now = performance.now();
            const id = document.querySelector('#about .external-id').textContent;
            const picture = document.querySelector('.slide.current img.seen');
            if (id !== before && picture && picture.complete && picture.naturalWidth > 0) {
              samples.push(now - event.timeStamp);
              if (frame > 0) late++;
            } else look(frame + 1);
          };
          channel.port2.postMessage(0);
        });
        look(0);
      }, true);
      """;

  private KeyPressBench() {}

  public static void main(String[] arguments) throws Exception {
    int presses = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    int pause = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 150;
    try (Chromium chromium = Chromium.launch();
        FrontEnd frontEnd = FrontEnd.start()) {
      WorkPage.serve(frontEnd, SampleJob.pictures(presses + 50));
      Page page = chromium.browser().newPage(new NewPageOptions().setViewportSize(1440, 900));
      page.navigate(frontEnd.url(WorkPage.PATH));
      page.waitForFunction("document.querySelectorAll('.slide').length >= 3");
      page.evaluate(PROBE);
      for (int press = 0; press < presses; press++) {
        page.keyboard().press(String.valueOf(press % 9 + 1));
        page.waitForTimeout(pause);
      }
      report(System.out, page, presses);
    }
  }

  @SuppressWarnings("unchecked")
  private static void report(PrintStream out, Page page, int presses) {
    List<Number> samples = (List<Number>) page.evaluate("samples.sort((a, b) => a - b)");
    out.printf(
        Locale.ROOT,
        "key press to next item: n %d of %d, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms, in"
            + " a later than the first frame %s%n",
        samples.size(),
        presses,
        at(samples, 0.5),
        at(samples, 0.95),
        at(samples, 0.99),
        at(samples, 1),
        page.evaluate("late"));
  }

  private static double at(List<Number> sorted, double share) {
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, index)).doubleValue();
  }
}
