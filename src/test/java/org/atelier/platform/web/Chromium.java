package org.atelier.platform.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Chromium for tests: the installed one, else the one that Playwright brings. */
public final class Chromium implements AutoCloseable {

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private static final double LONGEST_WAIT = 60_000;

  private static final String MISSING =
      "Browser tests need Chromium and could not download one: install it"
          + " (Debian, Ubuntu: apt-get install chromium) or name it in ATELIER_CHROMIUM";

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it; assertions on its pages wait up to a minute, since a busy machine is slow. */
  public static Chromium launch() {
    PlaywrightAssertions.setDefaultAssertionTimeout(LONGEST_WAIT);
    LaunchOptions options = new LaunchOptions().setArgs(FLAGS);
    Optional<Path> installed = installed();
    installed.ifPresent(options::setExecutablePath);
    Playwright.CreateOptions create = new Playwright.CreateOptions();
    if (installed.isPresent()) {
      create.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    }
    try {
      Playwright playwright = Playwright.create(create);
      return new Chromium(playwright, playwright.chromium().launch(options));
    } catch (PlaywrightException missing) {
      // The cause is left out: pages of a driver's log would hide what is to be done.
      throw new IllegalStateException(installed.map(Chromium::broken).orElse(MISSING));
    }
  }

  private static String broken(Path program) {
    return program + " does not start; install Chromium anew or name another in ATELIER_CHROMIUM";
  }

  public Browser browser() {
    return browser;
  }

  /** A fresh profile, of whose pages everything may take a minute, as assertions may. */
  public BrowserContext context() {
    return context(new NewContextOptions());
  }

  /** The same with other options. */
  public BrowserContext context(NewContextOptions options) {
    BrowserContext made = browser.newContext(options);
    made.setDefaultTimeout(LONGEST_WAIT);
    return made;
  }

  @Override
  public void close() {
    playwright.close();
  }

  private static Optional<Path> installed() {
    Stream<Path> onThePath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isBlank())
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    Stream<Path> named =
        Optional.ofNullable(System.getenv("ATELIER_CHROMIUM")).map(Path::of).stream();
    return Stream.of(named, onThePath, PLACES.stream().map(Path::of))
        .flatMap(paths -> paths)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
