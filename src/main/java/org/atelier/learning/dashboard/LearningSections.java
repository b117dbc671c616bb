package org.atelier.learning.dashboard;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiFunction;
import org.atelier.labeling.JobSection;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.learning.certificate.Certificates;
import org.atelier.learning.dashboard.LearningPages.Templates;
import org.atelier.platform.Access;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.ProjectRef;

/** The tabs of a job's page that learning fills. */
class LearningSections {

  @Produces
  @Singleton
  JobSection learning(DashboardService dashboards) {
    return new Tab(
        "learning",
        "Learning",
        10,
        (request, project) ->
            Templates.section(
                    project, request.job(), dashboards.of(request.job()), request.manages())
                .render()) {
      @Override
      public Optional<String> sentence(JobView job) {
        return Optional.of(dashboards.of(job).sentence());
      }

      @Override
      public boolean isStuck(JobView job) {
        return job.state() == JobState.PAUSED && dashboards.isRefused(job);
      }
    };
  }

  @Produces
  @Singleton
  JobSection review(ReviewTab review) {
    return new Tab(
        "review",
        "Review",
        20,
        (request, project) -> review.of(project, request.job(), request.manages()).render());
  }

  @Produces
  @Singleton
  JobSection certificate(Certificates certificates, Access access, BaseAddress base) {
    return new Tab(
        "certificate",
        "Certificate",
        30,
        (request, project) ->
            Templates.certificate(
                    project,
                    request.job(),
                    certificates
                        .find(request.job().projectId(), request.job().id())
                        .map(
                            view ->
                                new CertificatePage(
                                    view,
                                    access.project(request.projectSlug()).name(),
                                    request.job().settings().classNames(),
                                    base.url()))
                        .orElse(null))
                .render()) {
      @Override
      public boolean appliesTo(JobView job) {
        return job.state() == JobState.COMPLETED;
      }
    };
  }

  /** A tab of a job that was started. */
  private static class Tab implements JobSection {

    private final String key;
    private final String title;
    private final int order;
    private final BiFunction<SectionRequest, ProjectRef, String> content;

    Tab(
        String key,
        String title,
        int order,
        BiFunction<SectionRequest, ProjectRef, String> content) {
      this.key = key;
      this.title = title;
      this.order = order;
      this.content = content;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public String title() {
      return title;
    }

    @Override
    public int order() {
      return order;
    }

    @Override
    public boolean appliesTo(JobView job) {
      return job.startedAt() != null;
    }

    @Override
    public String html(SectionRequest request) {
      ProjectRef project =
          new ProjectRef(request.job().projectId(), request.projectSlug(), request.projectSlug());
      return content.apply(request, project);
    }
  }
}
