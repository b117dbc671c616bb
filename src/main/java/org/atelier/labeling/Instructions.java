package org.atelier.labeling;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/**
 * Turns instructions (Markdown by a manager) into HTML that cannot run anything. Pictures of other
 * sites are fetched by this server, so that no other site learns who reads them.
 */
final class Instructions {

  private static final List<org.commonmark.Extension> EXTENSIONS =
      List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).sanitizeUrls(true).build();
  private static final PolicyFactory POLICY =
      Sanitizers.FORMATTING
          .and(Sanitizers.BLOCKS)
          .and(Sanitizers.TABLES)
          .and(
              new HtmlPolicyBuilder()
                  .allowElements("hr", "pre", "code", "br")
                  .allowElements("a")
                  .allowUrlProtocols("https", "http", "mailto")
                  .allowAttributes("href")
                  .onElements("a")
                  .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
                  .allowElements("img")
                  .allowAttributes("src", "alt", "title")
                  .onElements("img")
                  .toFactory());

  private Instructions() {}

  /**
   * Renders Markdown; raw HTML in it is shown as text.
   *
   * @param proxy address of this server's copy of a picture elsewhere, empty for none
   */
  static String html(String markdown, UnaryOperator<String> proxy) {
    if (markdown == null || markdown.isBlank()) {
      return "";
    }
    Node document = PARSER.parse(markdown);
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Image image) {
            if (isElsewhere(image.getDestination())) {
              image.setDestination(proxy.apply(image.getDestination()));
            } else if (!image.getDestination().startsWith("/")) {
              image.setDestination("");
            }
            visitChildren(image);
          }
        });
    return POLICY.sanitize(RENDERER.render(document));
  }

  private static boolean isElsewhere(String address) {
    try {
      String scheme = URI.create(address).getScheme();
      return "https".equals(scheme) || "http".equals(scheme) || address.startsWith("//");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
