package org.atelier.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Person;
import org.atelier.platform.ProjectRef;

/** The style guide on a port, for looking at components without starting the application. */
public final class FrontEndPreview {

  private FrontEndPreview() {}

  /** What pages show around themselves: a manager in the project "Autumn 2027". */
  public record SampleFrame(
      Person person,
      ProjectRef project,
      List<Frame.Place> places,
      List<Frame.Place> everywhere,
      List<Frame.Place> furtherPlaces,
      String initials,
      String csrfToken) {}

  public static Map<String, Object> injected() {
    SampleFrame frame =
        new SampleFrame(
            new Person(UUID.randomUUID(), "ines@example.org", "Ines Duarte", true),
            new ProjectRef(UUID.randomUUID(), "autumn-2027", "Autumn 2027"),
            List.of(
                new Frame.Place("Work", "pencil-square", "/p/autumn-2027/work", false),
                new Frame.Place("Datasets", "images", "/p/autumn-2027/datasets", false),
                new Frame.Place("Jobs", "collection", "/p/autumn-2027/jobs", true),
                new Frame.Place("Members", "people", "/p/autumn-2027/members", false),
                new Frame.Place("Audit", "journal-check", "/p/autumn-2027/audit", false)),
            List.of(
                new Frame.Place("Projects", "grid-3x3-gap", "/projects", false),
                new Frame.Place("Running work", "hourglass-split", "/work", false)),
            List.of(new Frame.Place("Running work", "hourglass-split", "/work", false)),
            "ID",
            "sample");
    Map<String, String> csrf =
        Map.of("headerName", "X-CSRF-TOKEN", "token", "sample", "parameterName", "csrf-token");
    return Map.of("frame", frame, "csrf", csrf);
  }

  public static void addStyleguide(FrontEnd frontEnd) {
    PageTemplates templates = new PageTemplates(injected());
    frontEnd.serve(
        "/styleguide",
        exchange ->
            FrontEnd.answer(
                exchange,
                200,
                "html",
                templates
                    .render(
                        "platform/styleguide",
                        Map.of(
                            "title",
                            "Style guide",
                            "garments",
                            List.of("shirt", "coat", "dress", "trousers", "bag", "shoe")))
                    .getBytes(StandardCharsets.UTF_8)));
    frontEnd.serve(
        "/work/running",
        exchange ->
            FrontEnd.answer(
                exchange,
                200,
                "application/json",
                "{\"count\":2,\"share\":0.62}".getBytes(StandardCharsets.UTF_8)));
  }

  public static void main(String[] arguments) throws Exception {
    FrontEnd frontEnd = FrontEnd.start(Integer.parseInt(arguments[0]));
    addStyleguide(frontEnd);
  }
}
