package org.atelier.labeling.workpage;

import org.atelier.platform.web.FrontEnd;

/** The work page of a sample job on a port, for looking at it without starting the application. */
final class WorkPagePreview {

  private WorkPagePreview() {}

  public static void main(String[] arguments) throws Exception {
    FrontEnd frontEnd = FrontEnd.start(Integer.parseInt(arguments[0]));
    String kind = arguments.length > 1 ? arguments[1] : "pictures";
    WorkPage.serve(
        frontEnd,
        switch (kind) {
          case "text" -> new SampleJob("SINGLE", "TEXT", false, SampleJob.Labels.TEN, 200);
          case "tree" -> new SampleJob("MULTI", "IMAGE", false, SampleJob.Labels.TREE, 200);
          default -> SampleJob.pictures(200);
        });
  }
}
