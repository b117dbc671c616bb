package org.atelier.platform.web;

import io.quarkus.qute.Engine;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.ValueResolver;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders the application's page templates without the application, for tests of the front end. */
public final class PageTemplates {

  private static final Path ROOT = Path.of("src/main/resources/templates");
  private static final List<String> TAGS = List.of("icon", "chip", "meter", "shares");

  private final Engine engine;

  public PageTemplates(Map<String, Object> injected) {
    var builder =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addValueResolver(raw())
            .addNamespaceResolver(
                NamespaceResolver.builder("inject")
                    .resolve(context -> injected.get(context.getName()))
                    .build())
            .addLocator(PageTemplates::locate);
    for (String tag : TAGS) {
      builder.addSectionHelper(new UserTagSectionHelper.Factory(tag, "tags/" + tag));
    }
    builder.addSectionHelper(new UserTagSectionHelper.Factory("bundle", "tags/bundle"));
    engine = builder.build();
    engine.putTemplate("tags/bundle", engine.parse(BUNDLE));
  }

  public String render(String template, Map<String, Object> data) {
    var instance = engine.getTemplate(template).instance();
    data.forEach(instance::data);
    return instance.render();
  }

  private static ValueResolver raw() {
    return ValueResolver.builder()
        .appliesTo(
            context -> context.getName().equals("raw") && context.getBase() instanceof String)
        .resolveSync(context -> context.getBase())
        .build();
  }

  private static Optional<io.quarkus.qute.TemplateLocator.TemplateLocation> locate(String id) {
    Path file = ROOT.resolve(id.endsWith(".html") ? id : id + ".html");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(
        new io.quarkus.qute.TemplateLocator.TemplateLocation() {
          @Override
          public java.io.Reader read() {
            try {
              return new StringReader(Files.readString(file));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }

          @Override
          public Optional<io.quarkus.qute.Variant> getVariant() {
            return Optional.of(io.quarkus.qute.Variant.forContentType("text/html"));
          }
        });
  }

  /** What the bundler's own tag does in the application: styles and the entry point of a bundle. */
  private static final String BUNDLE =
      """
      {#switch key.or('app')}
      {#case 'app'}
      <script type="importmap">{"imports":{"htmx.org":"/npm/htmx.org/dist/htmx.esm.js","echarts/":"/npm/echarts/","zrender/":"/npm/zrender/","tslib":"/npm/tslib/tslib.es6.js"}}</script>
      <link rel="stylesheet" href="/app/platform/index.css"><script type="module" src="/app/index.js"></script>
      {#case 'charts'}
      <script>globalThis.process = { env: { NODE_ENV: "production" } };</script><script type="module" src="/app/platform/charts/index.js"></script>
      {#case 'work'}
      <script type="importmap">{"imports":{}}</script>
      <link rel="stylesheet" href="/app/labeling/work/index.css"><script type="module" src="/app/labeling/work/index.js"></script>
      {/switch}
      """;
}
