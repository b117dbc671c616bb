package org.atelier.labeling.workpage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.atelier.platform.web.FrontEnd;
import org.atelier.platform.web.PageTemplates;

/** The work page of a sample job, served with a {@link WorkServer} behind it. */
final class WorkPage {

  static final String PATH = "/p/autumn-2027/jobs/7/work";

  private WorkPage() {}

  static WorkServer serve(FrontEnd frontEnd, SampleJob job) {
    WorkServer server = new WorkServer(job);
    PageTemplates templates = new PageTemplates(Map.of());
    frontEnd.serve(
        PATH,
        exchange -> {
          if (server.silent()) {
            // The exchange stays open until the front end is closed.
            return;
          }
          if (!exchange.getRequestURI().getPath().equals(PATH)) {
            server.handle(exchange);
          } else if (server.signedOut()) {
            FrontEnd.answer(
                exchange, 200, "html", "<h1>Sign in</h1>".getBytes(StandardCharsets.UTF_8));
          } else {
            String config =
                job.config(server.personId(), server.token()).toString().replace("<", "\\u003c");
            Map<String, Object> data =
                Map.of("title", "Autumn catalogue: which garment is it?", "configJson", config);
            FrontEnd.answer(
                exchange,
                200,
                "html",
                templates.render("labeling/work", data).getBytes(StandardCharsets.UTF_8));
          }
        });
    frontEnd.serve("/pictures/", WorkPage::picture);
    frontEnd.serve(
        "/static/work-worker.js",
        exchange -> {
          exchange.getResponseHeaders().set("Service-Worker-Allowed", "/p/");
          FrontEnd.answer(
              exchange, 200, "js", Files.readAllBytes(Path.of("web/public/static/work-worker.js")));
        });
    return server;
  }

  /** How many answers are on the browser's disk; the page must have opened its store before. */
  static int stored(Page page) {
    return ((Number)
            page.evaluate(
                """
                () => new Promise(resolve => {
                  const opening = indexedDB.open('atelier-work');
                  opening.onsuccess = () => {
                    const count = opening.result.transaction('outbox').objectStore('outbox').count();
                    count.onsuccess = () => {
                      opening.result.close();
                      resolve(count.result);
                    };
                  };
                })\
                """))
        .intValue();
  }

  private static void picture(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceAll(".*/|\\.png", "");
    String[] parts = name.split("-");
    exchange.getResponseHeaders().set("Cache-Control", "private, max-age=3600, immutable");
    FrontEnd.answer(
        exchange,
        200,
        "png",
        SampleJob.picture(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
  }

  /** Takes the network away; what a page sends before it has noticed may still get through. */
  static void goOffline(Page page) {
    page.context().setOffline(true);
    long end = System.nanoTime() + 60_000_000_000L;
    String reached =
        "() => fetch('/pictures/0-0.png', {cache: 'no-store'}).then(() => true, () => false)";
    while ((Boolean) page.evaluate(reached)) {
      assertTrue(System.nanoTime() < end, "the page reaches the network all the same");
      page.waitForTimeout(25);
    }
  }

  /**
   * Loads a page again; once more when nothing came, as a person does. A browser also gives a load
   * up when the worker of the page is replaced in that very moment, as by another person's.
   */
  static void reload(Page page) {
    Page.ReloadOptions patience = new Page.ReloadOptions().setTimeout(30_000);
    try {
      page.reload(patience);
    } catch (PlaywrightException nothingCame) {
      if (!(nothingCame instanceof TimeoutError)
          && !nothingCame.getMessage().contains("ERR_ABORTED")) {
        throw nothingCame;
      }
      System.err.println("The page did not come back at once: " + nothingCame.getMessage());
      page.reload(patience);
    }
  }
}
