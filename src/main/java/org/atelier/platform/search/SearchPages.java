package org.atelier.platform.search;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The search box of the frame and its page for those without scripts. */
@Path("/search")
@Blocking
@Produces(MediaType.TEXT_HTML)
class SearchPages {

  @CheckedTemplate(basePath = "platform")
  static class Templates {
    static native TemplateInstance search(String text, List<SearchSource.Hit> hits);

    static native TemplateInstance search$hits(String text, List<SearchSource.Hit> hits);
  }

  private final Search search;

  SearchPages(Search search) {
    this.search = search;
  }

  @GET
  public TemplateInstance search(
      @QueryParam("q") String typed, @HeaderParam("HX-Request") String htmx) {
    String text = Search.text(typed);
    List<SearchSource.Hit> hits = search.find(text);
    return htmx == null ? Templates.search(text, hits) : Templates.search$hits(text, hits);
  }
}
