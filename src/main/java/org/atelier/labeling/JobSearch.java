package org.atelier.labeling;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.Person;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;
import org.atelier.platform.search.SearchSource;
import org.atelier.workforce.People;

/** Finds labeling jobs by title or id, in the projects where the person may look at them. */
@Singleton
class JobSearch implements SearchSource {

  private static final Set<Role> READERS =
      Set.of(Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN);

  private final People people;
  private final Access access;
  private final JobListRepository jobs;

  JobSearch(People people, Access access, JobListRepository jobs) {
    this.people = people;
    this.access = access;
    this.jobs = jobs;
  }

  @Override
  public List<Hit> find(Person person, String text, int limit) {
    List<Hit> hits = new ArrayList<>();
    for (ProjectRef project : people.projectsOf(person.id())) {
      if (access.roles(project.id()).stream().noneMatch(READERS::contains)) {
        continue;
      }
      for (JobListRepository.Found job : jobs.search(project.id(), text, limit - hits.size())) {
        hits.add(new Hit("Job", job.title(), project.name(), address(project, job.id())));
      }
      if (hits.size() >= limit) {
        return hits;
      }
    }
    return hits;
  }

  private static String address(ProjectRef project, UUID jobId) {
    return "/p/" + project.slug() + "/jobs/" + jobId;
  }
}
