package org.atelier.operations;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every route of the application, read from its classes, so that a new one cannot be forgotten. */
final class Routes {

  private static final Pattern PARAMETER = Pattern.compile("\\{\\s*([A-Za-z0-9_]+)[^}]*\\}");

  private static final java.nio.file.Path CLASSES =
      java.nio.file.Path.of("target/classes/org/atelier");

  private static final Map<Class<? extends Annotation>, String> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put(GET.class, "GET");
    METHODS.put(POST.class, "POST");
    METHODS.put(PUT.class, "PUT");
    METHODS.put(PATCH.class, "PATCH");
    METHODS.put(DELETE.class, "DELETE");
  }

  private Routes() {}

  /**
   * A route.
   *
   * @param consumes media type of the body, null when the class names none
   */
  record Route(String method, String template, String consumes) {

    boolean changes() {
      return !method.equals("GET");
    }

    boolean isScript() {
      return template.startsWith("/api/");
    }

    boolean takesJson() {
      return "application/json".equals(consumes);
    }

    List<String> parameters() {
      return PARAMETER.matcher(template).results().map(found -> found.group(1)).toList();
    }

    /** The path with every parameter replaced. */
    String path(Map<String, String> values) {
      Matcher matcher = PARAMETER.matcher(template);
      return matcher.replaceAll(
          found -> {
            String value = values.get(found.group(1));
            if (value == null) {
              throw new IllegalStateException("No value for " + found.group() + " of " + template);
            }
            return Matcher.quoteReplacement(value);
          });
    }

    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  static List<Route> all() {
    List<Route> routes = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = Files.walk(CLASSES)) {
      for (java.nio.file.Path file : files.filter(Routes::isOuterClass).toList()) {
        Class<?> type = type(CLASSES.getParent().getParent().relativize(file));
        if (type.isAnnotationPresent(Path.class)) {
          add(routes, type);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    routes.sort(Comparator.comparing(Route::template).thenComparing(Route::method));
    return routes;
  }

  private static boolean isOuterClass(java.nio.file.Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".class") && !name.contains("$") && !name.endsWith("-info.class");
  }

  private static Class<?> type(java.nio.file.Path file) {
    String name = file.toString().replace(".class", "").replace(File.separatorChar, '.');
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(List<Route> routes, Class<?> type) {
    String base = type.getAnnotation(Path.class).value();
    for (Method method : type.getDeclaredMethods()) {
      METHODS.forEach(
          (annotation, name) -> {
            if (method.isAnnotationPresent(annotation)) {
              Path own = method.getAnnotation(Path.class);
              String template = join(base, own == null ? "" : own.value());
              String consumes = consumes(method);
              routes.add(new Route(name, template, consumes == null ? consumes(type) : consumes));
            }
          });
    }
  }

  private static String consumes(AnnotatedElement element) {
    Consumes consumes = element.getAnnotation(Consumes.class);
    return consumes == null ? null : consumes.value()[0];
  }

  private static String join(String base, String own) {
    String path = base + (own.isEmpty() || own.startsWith("/") ? own : "/" + own);
    String once = path.startsWith("/") ? path : "/" + path;
    return once.replaceAll("//+", "/");
  }
}
