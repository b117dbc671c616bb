package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.atelier.platform.Person;
import org.atelier.platform.search.SearchSource;

/** Finds the person's own projects. */
@Singleton
class WorkforceSearch implements SearchSource {

  private final ProjectRepository projects;

  WorkforceSearch(ProjectRepository projects) {
    this.projects = projects;
  }

  @Override
  public List<Hit> find(Person person, String text, int limit) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return projects.ofPerson(person.id()).stream()
        .filter(
            project ->
                Stream.of(project.name(), project.slug(), project.id().toString())
                    .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted)))
        .limit(limit)
        .map(project -> new Hit("Project", project.name(), "", "/p/" + project.slug()))
        .toList();
  }
}
