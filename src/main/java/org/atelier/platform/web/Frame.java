package org.atelier.platform.web;

import io.quarkus.arc.All;
import io.quarkus.csrf.reactive.runtime.CsrfTokenParameterProvider;
import io.quarkus.runtime.BlockingOperationControl;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.platform.Access;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

/**
 * What the frame around every page shows: who is here, in which project, and where one can go. In
 * templates it is {@code inject:frame}.
 */
@Named("frame")
@RequestScoped
public class Frame {

  /** How many places the bar of a phone shows; {@code frame.css} hides the others. */
  private static final int IN_A_BAR = 5;

  private static final String PROJECTS = "/projects";

  private final CurrentPerson currentPerson;
  private final Access access;
  private final HttpServerRequest request;
  private final CsrfTokenParameterProvider csrf;
  private final List<PlaceNews> news;
  private Optional<ProjectRef> project;
  private List<Place> places;

  Frame(
      CurrentPerson currentPerson,
      Access access,
      HttpServerRequest request,
      CsrfTokenParameterProvider csrf,
      @All List<PlaceNews> news) {
    this.currentPerson = currentPerson;
    this.access = access;
    this.request = request;
    this.csrf = csrf;
    this.news = news;
  }

  /** One place to go to from the rail. */
  public record Place(String word, String icon, String href, boolean here, String news) {

    Place(String word, String icon, String href, boolean here) {
      this(word, icon, href, here, null);
    }
  }

  /** The signed-in person, or null. */
  public Person getPerson() {
    return currentPerson.get().orElse(null);
  }

  /**
   * The forgery token of this page, empty on the page of an address that leads nowhere: no filter
   * has run for it, and a token cannot be made so late.
   */
  public String getCsrfToken() {
    try {
      return csrf.getToken();
    } catch (IllegalStateException noFilterRan) {
      return "";
    }
  }

  /** The project of the page's address, or null outside a project. */
  public ProjectRef getProject() {
    if (project == null) {
      project = findProject();
    }
    return project.orElse(null);
  }

  /** Places this person can go to, in the rail's order; only those a role has. */
  public List<Place> getPlaces() {
    if (places == null) {
      places = findPlaces();
    }
    return places;
  }

  /**
   * Places for which the bar of a phone has no room inside a project; the person menu names them,
   * after the projects themselves, which it always names.
   */
  public List<Place> getFurtherPlaces() {
    if (getProject() == null) {
      return List.of();
    }
    Stream<Place> outside =
        getEverywhere().stream().filter(place -> !place.href().equals(PROJECTS));
    return Stream.concat(getPlaces().stream().skip(IN_A_BAR), outside).toList();
  }

  private List<Place> findPlaces() {
    ProjectRef here = getProject();
    if (here == null) {
      return List.of();
    }
    Set<Role> roles = access.roles(here.id());
    String base = "/p/" + here.slug();
    return PLACES.stream()
        .filter(
            place -> place.roles().isEmpty() || place.roles().stream().anyMatch(roles::contains))
        .map(
            place ->
                new Place(
                    place.word(),
                    place.icon(),
                    base + place.path(),
                    under(base + place.path()),
                    newsOf(place.path(), here.id())))
        .toList();
  }

  /** A small number as text, or null when nothing is new. */
  private String newsOf(String path, UUID projectId) {
    Person person = getPerson();
    // A refusal before the request has a thread of its own must not wait for the database.
    int count =
        person == null || !BlockingOperationControl.isBlockingAllowed()
            ? 0
            : news.stream()
                .filter(one -> one.path().equals(path))
                .mapToInt(one -> one.count(projectId, person.id()))
                .sum();
    return count == 0 ? null : count > 99 ? "99+" : Integer.toString(count);
  }

  /** Places outside any project, in the rail's order; some only for administrators. */
  public List<Place> getEverywhere() {
    Person person = getPerson();
    if (person == null) {
      return List.of();
    }
    return EVERYWHERE.stream()
        .filter(place -> person.administrator() || !ADMINISTRATION.contains(place.href()))
        .map(place -> new Place(place.word(), place.icon(), place.href(), under(place.href())))
        .toList();
  }

  /** One or two capital letters for the person menu: of the first and the last word of the name. */
  public String getInitials() {
    Person person = getPerson();
    String[] words =
        person == null ? new String[] {""} : person.displayName().strip().split("\\s+");
    String first = firstLetter(words[0]);
    return words.length == 1 ? first : first + firstLetter(words[words.length - 1]);
  }

  private static String firstLetter(String word) {
    return word.isEmpty()
        ? "?"
        : word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
  }

  private boolean under(String href) {
    return request.path().equals(href) || request.path().startsWith(href + "/");
  }

  private static final List<Place> EVERYWHERE =
      List.of(
          new Place("Projects", "grid-3x3-gap", PROJECTS, false),
          new Place("Running work", "hourglass-split", "/work", false),
          new Place("People", "person", "/people", false),
          new Place("Storage", "database", "/storage", false));

  private static final Set<String> ADMINISTRATION = Set.of("/people", "/storage");

  private record RolePlace(String word, String icon, String path, Set<Role> roles) {}

  private static final Set<Role> STAFF =
      Set.of(Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN);
  private static final Set<Role> PLANNERS = Set.of(Role.MANAGER, Role.AUDITOR, Role.ADMIN);
  private static final List<RolePlace> PLACES =
      List.of(
          new RolePlace("Work", "pencil-square", "/work", Set.of(Role.LABELER, Role.REVIEWER)),
          new RolePlace("Datasets", "images", "/datasets", STAFF),
          new RolePlace("Jobs", "collection", "/jobs", STAFF),
          new RolePlace("Simulations", "bar-chart-line", "/simulations", PLANNERS),
          new RolePlace("Members", "people", "/members", STAFF),
          new RolePlace("Audit", "journal-check", "/audit", Set.of(Role.AUDITOR, Role.ADMIN)));

  private Optional<ProjectRef> findProject() {
    String[] parts = request.path().split("/");
    if (parts.length < 3 || !parts[1].equals("p") || currentPerson.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(access.project(parts[2]));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
