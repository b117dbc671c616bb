package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.atelier.platform.Person;
import org.atelier.platform.search.SearchSource;

/** Finds the person's own projects and, for administrators, people. */
@Singleton
class WorkforceSearch implements SearchSource {

  private final ProjectRepository projects;
  private final People people;

  WorkforceSearch(ProjectRepository projects, People people) {
    this.projects = projects;
    this.people = people;
  }

  @Override
  public List<Hit> find(Person person, String text, int limit) {
    List<Hit> hits = new ArrayList<>(projects(person, text, limit));
    if (person.administrator()) {
      people.page(text, null, false).stream()
          .limit(limit)
          .map(WorkforceSearch::hit)
          .forEach(hits::add);
    }
    return hits;
  }

  private static Hit hit(PersonRow one) {
    String address = "/people?find=" + URLEncoder.encode(one.email(), StandardCharsets.UTF_8);
    return new Hit("Person", one.displayName(), one.email(), address);
  }

  private List<Hit> projects(Person person, String text, int limit) {
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
