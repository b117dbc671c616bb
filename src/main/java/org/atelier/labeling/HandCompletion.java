package org.atelier.labeling;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.atelier.labeling.queue.HandWorkDone;

/** Completes jobs that people have labelled to the last item. */
@Singleton
class HandCompletion {

  private final Jobs jobs;

  HandCompletion(Jobs jobs) {
    this.jobs = jobs;
  }

  void complete(@Observes HandWorkDone done) {
    if (jobs.job(done.projectId(), done.jobId()).state() == JobState.RUNNING) {
      jobs.complete(done.projectId(), done.jobId(), "Every item has its answers.");
    }
  }
}
