package org.atelier.learning.dashboard;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

/** Who may look at a job's learning, and who may act on it. */
@Singleton
class LearningDesk {

  private static final Role[] READERS = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };

  private final Access access;
  private final CurrentPerson currentPerson;
  private final Jobs jobs;

  LearningDesk(Access access, CurrentPerson currentPerson, Jobs jobs) {
    this.access = access;
    this.currentPerson = currentPerson;
    this.jobs = jobs;
  }

  /** A job and its project. */
  record Seat(ProjectRef project, JobView job) {}

  Seat reader(String slug, UUID jobId) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), READERS);
    return new Seat(project, jobs.job(project.id(), jobId));
  }

  JobView reader(UUID projectId, UUID jobId) {
    access.require(projectId, READERS);
    return jobs.job(projectId, jobId);
  }

  Seat manager(String slug, UUID jobId) {
    ProjectRef project = access.project(slug);
    access.require(project.id(), Role.MANAGER);
    return new Seat(project, jobs.job(project.id(), jobId));
  }

  JobView manager(UUID projectId, UUID jobId) {
    access.require(projectId, Role.MANAGER);
    return jobs.job(projectId, jobId);
  }

  String slug(UUID projectId) {
    return access.project(projectId).slug();
  }

  boolean manages(UUID projectId) {
    return access.may(projectId, Role.MANAGER);
  }

  UUID person() {
    return currentPerson.require().id();
  }
}
