package org.atelier.platform.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The living style page: every component as real markup, for those who write pages. */
@Path("/styleguide")
class StyleguidePages {

  private static final List<String> GARMENTS =
      List.of("shirt", "coat", "dress", "trousers", "bag", "shoe");

  @CheckedTemplate(basePath = "platform")
  record styleguide(String title, List<String> garments) implements TemplateInstance {}

  @GET
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance show() {
    return new styleguide("Style guide", GARMENTS);
  }
}
