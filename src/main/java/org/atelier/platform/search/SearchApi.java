package org.atelier.platform.search;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The search for scripts. */
@Path("/api/v1/search")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Search")
class SearchApi {

  private final Search search;

  SearchApi(Search search) {
    this.search = search;
  }

  @GET
  @Operation(
      summary = "Projects, datasets, items, jobs and, for administrators, people by name or id",
      description =
          "Only what you may see: at most six projects, people, datasets, items and jobs each."
              + " Items are found by their whole external id. href is the address of the page and"
              + " ends with the id, that of a project with its short name, that of a person with"
              + " the address.")
  public List<SearchSource.Hit> find(@QueryParam("q") String typed) {
    return search.find(Search.text(typed));
  }
}
