package org.atelier.labeling;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.atelier.labeling.queue.HandWorkDone;

/** Ends jobs by hand when people have nothing more to do, and says why. */
@Singleton
class HandCompletion {

  private final Jobs jobs;

  HandCompletion(Jobs jobs) {
    this.jobs = jobs;
  }

  void end(@Observes HandWorkDone done) {
    JobView job = jobs.job(done.projectId(), done.jobId());
    if (job.state() != JobState.RUNNING) {
      return;
    }
    switch (done.ending()) {
      case ALL_LABELED -> jobs.complete(done.projectId(), done.jobId(), allLabeled(job, done));
      case BUDGET_USED -> jobs.pause(done.projectId(), done.jobId(), budgetUsed(job, done));
      case DECLINED -> jobs.pause(done.projectId(), done.jobId(), declined(job, done));
    }
  }

  private static String allLabeled(JobView job, HandWorkDone done) {
    if (done.unlabeled() > 0) {
      return "People have answered all they were asked about; %s of %s items have no label."
          .formatted(Words.count(done.unlabeled()), Words.count(job.items()));
    }
    return done.exhausted() == 0
        ? "Every item has its answers."
        : ("Every item has a label; %s of them with fewer answers than asked for, because nobody"
                + " else may work on them.")
            .formatted(Words.count(done.exhausted()));
  }

  private static String budgetUsed(JobView job, HandWorkDone done) {
    return ("The budget of %s answers is used, and %s of %s items have no label. Raise the budget"
            + " in the settings and resume, or complete the job with the labels there are.")
        .formatted(
            Words.count(job.settings().budget().answers()),
            Words.count(done.unlabeled()),
            Words.count(job.items()));
  }

  private static String declined(JobView job, HandWorkDone done) {
    return ("People declined what is left: %s of %s items have no label. Ask again, or complete the"
            + " job with the labels there are.")
        .formatted(Words.count(done.unlabeled()), Words.count(job.items()));
  }
}
