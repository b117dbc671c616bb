package org.atelier.learning.loop;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import org.atelier.labeling.JobEvents;

/** Turns what happens to jobs into what their loops do. */
@Singleton
class LoopEvents {

  private final LearningLoop loop;
  private final LoopClock loopClock;

  LoopEvents(LearningLoop loop, LoopClock loopClock) {
    this.loop = loop;
    this.loopClock = loopClock;
  }

  void started(@Observes JobEvents.JobStarted event) {
    loop.begin(event.projectId(), event.jobId());
  }

  void paused(@Observes JobEvents.JobPaused event) {
    loop.paused(event.jobId());
  }

  void failed(@Observes JobEvents.JobFailed event) {
    loop.paused(event.jobId());
  }

  void resumed(@Observes JobEvents.JobResumed event) {
    loop.resumed(event.jobId());
  }

  void stopped(@Observes JobEvents.JobStopped event) {
    loop.finish(event.jobId(), event.reason());
  }

  void completed(@Observes JobEvents.JobCompleted event) {
    loop.completed(event.jobId());
  }

  void tookVersion(@Observes JobEvents.JobTookVersion event) {
    loop.takeVersion(event.jobId(), event.datasetVersion());
  }

  /** Costs the submit nothing: only a mark in memory, after its commit. */
  void labelled(
      @Observes(during = TransactionPhase.AFTER_SUCCESS) JobEvents.LabelsConsolidated event) {
    loopClock.mark(event.jobId());
  }
}
