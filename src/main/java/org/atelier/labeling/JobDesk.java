package org.atelier.labeling;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.queue.JobItems;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

/** What the pages of a job have in common: who may look, and what stands around each tab. */
@Singleton
class JobDesk {

  private static final Role[] READERS = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };

  private final Access access;
  private final CurrentPerson currentPerson;
  private final Jobs jobs;
  private final WorkQueue queue;
  private final JobItems items;
  private final List<JobSection> sections;

  JobDesk(
      Access access,
      CurrentPerson currentPerson,
      Jobs jobs,
      WorkQueue queue,
      JobItems items,
      @All List<JobSection> sections) {
    this.access = access;
    this.currentPerson = currentPerson;
    this.jobs = jobs;
    this.queue = queue;
    this.items = items;
    this.sections = List.copyOf(sections);
  }

  /** The project, for people who may look at its jobs. */
  ProjectRef readable(String slug) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), READERS);
    return project;
  }

  /** As {@link #readable(String)}, by id. */
  void requireReader(UUID projectId) {
    access.require(projectId, READERS);
  }

  /** The project, for people who may change its jobs. */
  ProjectRef manageable(String slug) {
    ProjectRef project = access.project(slug);
    requireManager(project.id());
    return project;
  }

  void requireManager(UUID projectId) {
    access.require(projectId, Role.MANAGER);
  }

  /** The project, for people who answer questions. */
  ProjectRef leadable(String slug) {
    ProjectRef project = access.project(slug);
    requireLead(project.id());
    return project;
  }

  /** Refuses whoever does not answer questions. */
  void requireLead(UUID projectId) {
    access.require(projectId, Role.MANAGER, Role.REVIEWER);
  }

  /** As if it did not exist, for whoever has no role in the project. */
  void requireMember(UUID projectId) {
    access.project(projectId);
  }

  boolean leads(UUID projectId) {
    return access.may(projectId, Role.MANAGER, Role.REVIEWER);
  }

  boolean manages(UUID projectId) {
    return access.may(projectId, Role.MANAGER);
  }

  UUID person() {
    return currentPerson.require().id();
  }

  /**
   * @param here key of the tab shown, empty for the overview
   */
  JobShell shell(String slug, UUID jobId, String here) {
    ProjectRef project = readable(slug);
    JobView job = jobs.job(project.id(), jobId);
    return JobShell.of(
        project,
        job,
        items.counts(jobId),
        manages(project.id()),
        works(project.id(), jobId),
        sections.stream().filter(section -> section.appliesTo(job)).toList(),
        here);
  }

  private boolean works(UUID projectId, UUID jobId) {
    try {
      queue.requireWorker(projectId, jobId, person());
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  /** The section with the key that applies to the job. */
  JobSection section(JobView job, String key) {
    return sections.stream()
        .filter(section -> section.key().equals(key) && section.appliesTo(job))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("The job has no such part."));
  }
}
