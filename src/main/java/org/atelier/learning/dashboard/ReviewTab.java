package org.atelier.learning.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.util.List;
import org.atelier.labeling.JobView;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.platform.ProjectRef;

/** The tab of contact sheets, which follows the model while it is open. */
@Singleton
class ReviewTab {

  @CheckedTemplate(basePath = "learning")
  static class Templates {
    static native TemplateInstance review(
        ProjectRef project,
        JobView job,
        boolean acts,
        long revision,
        List<ReviewCard> uncertain,
        List<ReviewCard> machine,
        List<ReviewCard> suspects);
  }

  private final ReviewService reviews;
  private final LearningLoop loop;

  ReviewTab(ReviewService reviews, LearningLoop loop) {
    this.reviews = reviews;
    this.loop = loop;
  }

  /**
   * @param manages whether the reader may decide
   */
  TemplateInstance of(ProjectRef project, JobView job, boolean manages) {
    return Templates.review(
        project,
        job,
        manages && job.state().takesAnswers(),
        revision(job),
        reviews.sheet(job, ReviewService.Sheet.UNCERTAIN),
        reviews.sheet(job, ReviewService.Sheet.MACHINE),
        reviews.sheet(job, ReviewService.Sheet.SUSPECTS));
  }

  /** Changes when the sheets may show something else. */
  long revision(JobView job) {
    return loop.learner(job.id()).map(LearnerRow::revision).orElse(0L);
  }
}
