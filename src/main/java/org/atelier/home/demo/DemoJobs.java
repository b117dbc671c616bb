package org.atelier.home.demo;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;

/** Makes a job of the demo when its dataset is there. */
@Singleton
class DemoJobs implements WorkHandler {

  static final String KIND = "demo-job";

  /** Names the dataset. */
  record Payload(UUID datasetId) {}

  private final Demo demo;

  DemoJobs(Demo demo) {
    this.demo = demo;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) {
    demo.openJob(context.payload(Payload.class).datasetId());
  }
}
