package org.atelier.platform.search;

import io.quarkus.arc.All;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;

/** The search box of the frame and its page for those without scripts. */
@Path("/search")
@Blocking
@Produces(MediaType.TEXT_HTML)
class SearchPages {

  private static final int EACH = 6;
  private static final int LONGEST = 100;

  @CheckedTemplate(basePath = "platform")
  static class Templates {
    static native TemplateInstance search(String text, List<SearchSource.Hit> hits);

    static native TemplateInstance search$hits(String text, List<SearchSource.Hit> hits);
  }

  private final List<SearchSource> sources;
  private final CurrentPerson currentPerson;

  SearchPages(@All List<SearchSource> sources, CurrentPerson currentPerson) {
    this.sources = sources;
    this.currentPerson = currentPerson;
  }

  @GET
  public TemplateInstance search(
      @QueryParam("q") String typed, @HeaderParam("HX-Request") String htmx) {
    String text = typed == null ? "" : typed.strip();
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST);
    }
    List<SearchSource.Hit> hits = text.isEmpty() ? List.of() : find(text);
    return htmx == null ? Templates.search(text, hits) : Templates.search$hits(text, hits);
  }

  private List<SearchSource.Hit> find(String text) {
    Person person = currentPerson.require();
    List<SearchSource.Hit> hits = new ArrayList<>();
    for (SearchSource source : sources) {
      hits.addAll(source.find(person, text, EACH));
    }
    return hits;
  }
}
