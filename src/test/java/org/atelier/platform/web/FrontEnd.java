package org.atelier.platform.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.platform.Leftovers;

/**
 * Serves the browser's side without the application: the compiled modules and style sheets of
 * {@code web/app}, the public files, libraries from the class path, and whatever pages a test adds.
 */
public final class FrontEnd implements AutoCloseable {

  private static final Pattern STYLE_IMPORT = Pattern.compile("(?m)^import \"[^\"]+\\.css\";\\s*$");
  private static final Pattern CSS_IMPORT = Pattern.compile("@import \"([^\"]+)\";");
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript",
          "css", "text/css",
          "svg", "image/svg+xml",
          "woff2", "font/woff2",
          "png", "image/png",
          "html", "text/html; charset=utf-8");

  private final HttpServer server;
  private final Path modules;

  private FrontEnd(HttpServer server, Path modules) {
    this.server = server;
    this.modules = modules;
  }

  /** Compiles and serves on a free port; a type error is an assertion error with its message. */
  public static FrontEnd start() throws IOException, InterruptedException {
    return start(0);
  }

  public static FrontEnd start(int port) throws IOException, InterruptedException {
    Path modules = Files.createTempDirectory("atelier-web");
    TypeScript.Outcome outcome = TypeScript.compile(modules);
    if (!outcome.clean()) {
      Leftovers.remove(modules);
      throw new AssertionError(outcome.messages());
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    server.setExecutor(Executors.newCachedThreadPool());
    FrontEnd frontEnd = new FrontEnd(server, modules);
    server.createContext("/app/", frontEnd::module);
    server.createContext("/npm/", frontEnd::library);
    server.createContext("/static/", frontEnd::publicFile);
    server.start();
    return frontEnd;
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Adds a page or an endpoint under a path. */
  public void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try {
            handler.handle(exchange);
          } catch (RuntimeException e) {
            answer(exchange, 500, "text/plain", e.toString().getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** Answers an exchange; the type is the extension of its media type. */
  public static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", TYPES.getOrDefault(type, type));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (exchange) {
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    Leftovers.remove(modules);
  }

  private void module(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/app/".length());
    if (path.endsWith(".css")) {
      answer(
          exchange, 200, "css", style(Path.of("web/app", path)).getBytes(StandardCharsets.UTF_8));
      return;
    }
    Path file = modules.resolve(path.endsWith(".js") ? path : path + ".js");
    if (!Files.exists(file)) {
      answer(exchange, 404, "text/plain", new byte[0]);
      return;
    }
    String script = STYLE_IMPORT.matcher(Files.readString(file)).replaceAll("");
    answer(exchange, 200, "js", script.getBytes(StandardCharsets.UTF_8));
  }

  private static String style(Path file) throws IOException {
    Matcher imports = CSS_IMPORT.matcher(Files.readString(file));
    StringBuilder whole = new StringBuilder();
    while (imports.find()) {
      String target = imports.group(1);
      String text =
          target.startsWith(".") ? style(file.resolveSibling(target).normalize()) : font(target);
      imports.appendReplacement(whole, Matcher.quoteReplacement(text));
    }
    return imports.appendTail(whole).toString().replace("url(\"@", "url(\"/npm/@");
  }

  private static String font(String name) throws IOException {
    try (InputStream in = resource(name)) {
      String folder = "/npm/" + name.substring(0, name.lastIndexOf('/'));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("url(./", "url(" + folder + "/");
    }
  }

  private void library(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/npm/".length());
    try (InputStream in = resource(path)) {
      answer(exchange, 200, path.substring(path.lastIndexOf('.') + 1), in.readAllBytes());
    }
  }

  private void publicFile(HttpExchange exchange) throws IOException {
    Path file = Path.of("web/public").resolve(exchange.getRequestURI().getPath().substring(1));
    if (!Files.isRegularFile(file)) {
      answer(exchange, 404, "text/plain", new byte[0]);
      return;
    }
    String name = file.toString();
    answer(exchange, 200, name.substring(name.lastIndexOf('.') + 1), Files.readAllBytes(file));
  }

  /** A file of an npm package in the class path: {@code echarts/core.js}, {@code @fontsource/…}. */
  private static InputStream resource(String name) throws IOException {
    String path = name.replaceFirst("^@[^/]+/", "");
    String library = path.substring(0, path.indexOf('/'));
    String version = VERSIONS.getOrDefault(library, "");
    InputStream in =
        FrontEnd.class
            .getClassLoader()
            .getResourceAsStream(
                "META-INF/resources/_static/"
                    + library
                    + version
                    + path.substring(library.length()));
    if (in == null) {
      throw new IOException("not on the class path: " + name);
    }
    return in;
  }

  private static final Map<String, String> VERSIONS =
      Map.of(
          "htmx.org", "/2.0.2",
          "echarts", "/6.0.0",
          "zrender", "/6.0.0",
          "inter", "/5.2.5",
          "tslib", "");
}
