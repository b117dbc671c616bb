package org.atelier.labeling.queue;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import org.atelier.labeling.JobEvents.LabelsConsolidated;
import org.atelier.platform.Outbox;

/** Tells of new human labels: the features of this application, and the event feed. */
@Singleton
class LabelNews {

  private final Event<LabelsConsolidated> consolidated;
  private final Outbox outbox;

  LabelNews(Event<LabelsConsolidated> consolidated, Outbox outbox) {
    this.consolidated = consolidated;
    this.outbox = outbox;
  }

  /** Told if, and only if, the caller's transaction commits. */
  void consolidated(QueueJob job, int round, int count) {
    LabelsConsolidated event = new LabelsConsolidated(job.projectId(), job.id(), round, count);
    outbox.publish(job.projectId(), "labels-consolidated", job.id(), event);
    consolidated.fire(event);
  }
}
