package org.atelier.workforce;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.Ids;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.Role;

/** People and projects for other features; who may call what is the caller's to check. */
@Singleton
public class People {

  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,200}@[^@\\s]{1,200}");
  static final int PAGE = 100;

  /** Member of a problem that says that nobody has the address. */
  static final String MISSING = "missingAccount";

  private final PersonRepository people;
  private final ProjectRepository projects;
  private final SessionRepository sessions;
  private final AuditTrail audit;
  private final Clock clock;

  People(
      PersonRepository people,
      ProjectRepository projects,
      SessionRepository sessions,
      AuditTrail audit,
      Clock clock) {
    this.people = people;
    this.projects = projects;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
  }

  /** A new account with the password its owner must change at the first sign-in. */
  public record NewAccount(UUID id, String email, String oneTimePassword) {}

  /**
   * Creates a local account.
   *
   * @throws ProblemException when the address is not one or is taken
   */
  public NewAccount createAccount(String email, String displayName, boolean administrator) {
    String address = email == null ? "" : email.strip();
    if (!EMAIL.matcher(address).matches()) {
      throw ProblemException.invalid("email", "Give an e-mail address such as ana@example.com.");
    }
    if (displayName == null || displayName.isBlank() || displayName.length() > 100) {
      throw ProblemException.invalid("displayName", "Give a name of 1 to 100 characters.");
    }
    if (people.byEmail(address).isPresent()) {
      throw taken(address);
    }
    String password = OneTimePasswords.next();
    String hash = Passwords.hash(password);
    UUID id =
        QuarkusTransaction.joiningExisting()
            .call(
                () -> {
                  UUID made = insert(address, displayName.strip(), administrator, false, hash);
                  audit.record(null, "person-created", "person", made, Map.of("email", address));
                  return made;
                });
    return new NewAccount(id, address, password);
  }

  /** Creates (or finds) a clearly marked simulated person who can never sign in. */
  @Transactional
  public Person simulatedPerson(UUID projectId, int number) {
    String email = "simulated-" + number + "@" + projectId + ".invalid";
    UUID id = people.byEmail(email).map(PersonRow::id).orElseGet(() -> simulated(email, number));
    projects.grant(projectId, id, Role.LABELER, OffsetDateTime.now(clock));
    return new Person(id, email, simulatedName(number), false);
  }

  /** With two digits, so that lists by name stand in order. */
  private static String simulatedName(int number) {
    return String.format(Locale.ROOT, "Simulated %02d", number);
  }

  /** Two crews of one project may begin at once: the second finds the account of the first. */
  private UUID simulated(String email, int number) {
    try {
      return insert(email, simulatedName(number), false, true, null);
    } catch (ProblemException thereMeanwhile) {
      return people.byEmail(email).orElseThrow(() -> thereMeanwhile).id();
    }
  }

  private static ProblemException taken(String address) {
    return new ProblemException(
        WorkforceProblem.EMAIL_TAKEN, address + " has an account.", Map.of("field", "email"));
  }

  private UUID insert(
      String email, String name, boolean administrator, boolean simulated, String hash) {
    UUID id = Ids.next();
    PersonRow row =
        new PersonRow(id, email, name, administrator, simulated, hash, hash != null, 0, null, null);
    if (!people.insert(row, OffsetDateTime.now(clock))) {
      throw taken(email);
    }
    return id;
  }

  /** Gives a new one-time password; every session and access token of the person ends. */
  public NewAccount resetPassword(UUID personId) {
    PersonRow person = find(personId);
    String password = OneTimePasswords.next();
    String hash = Passwords.hash(password);
    QuarkusTransaction.joiningExisting()
        .run(
            () -> {
              people.setPassword(personId, hash, true);
              sessions.endAll(personId, null);
              int revoked = sessions.revokeTokens(personId, OffsetDateTime.now(clock));
              audit.record(
                  null, "password-reset", "person", personId, Map.of("tokensRevoked", revoked));
            });
    return new NewAccount(personId, person.email(), password);
  }

  /**
   * Disables or enables an account; disabling ends its sessions at once.
   *
   * @throws ProblemException conflict when nobody else could administer the installation
   */
  @Transactional
  public void setDisabled(UUID personId, boolean disabled) {
    find(personId);
    if (disabled && Set.of(personId).equals(people.holdAdministrators())) {
      throw new ProblemException(
          WorkforceProblem.ADMINISTRATION_LOST,
          "Nobody else administers the installation; make another administrator first.");
    }
    people.setDisabled(personId, disabled ? OffsetDateTime.now(clock) : null);
    if (disabled) {
      sessions.endAll(personId, null);
    }
    audit.record(
        null, disabled ? "person-disabled" : "person-enabled", "person", personId, Map.of());
  }

  /**
   * The administrator with an address, while neither they nor any other administrator has a
   * password of their own.
   */
  @Transactional
  Optional<UUID> waitingAdministrator(String email) {
    return people.waitingAdministrator(email);
  }

  /** Names of people who can make accounts, at most five. */
  @Transactional
  List<String> administratorNames() {
    return people.administratorNames(5);
  }

  /** Whether nobody has an account yet. */
  @Transactional
  public boolean isEmpty() {
    return people.isEmpty();
  }

  /**
   * People ordered by address, in parts.
   *
   * @param find part of the name, or how the address begins; null or empty for everybody
   * @param simulated whether simulated people come too
   */
  @Transactional
  List<PersonRow> page(String find, String afterEmail, boolean simulated) {
    String text = find == null ? "" : find.strip();
    return people.page(text, afterEmail == null ? "" : afterEmail, simulated, PAGE);
  }

  /**
   * Creates a project and makes the person its administrator, manager and labeler.
   *
   * @param slug name in addresses, {@code [a-z0-9][a-z0-9-]{0,62}}
   */
  @Transactional
  public ProjectRef createProject(String slug, String name, UUID owner) {
    if (slug == null || !slug.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw ProblemException.invalid(
          "slug", "Use 1 to 63 lower-case letters, digits and hyphens for the address.");
    }
    if (name == null || name.isBlank() || name.length() > 100) {
      throw ProblemException.invalid("name", "Give the project a name of 1 to 100 characters.");
    }
    UUID id = Ids.next();
    OffsetDateTime now = OffsetDateTime.now(clock);
    if (!projects.insert(id, slug, name.strip(), now)) {
      throw new ProblemException(
          WorkforceProblem.SLUG_TAKEN, "Choose another address.", Map.of("field", "slug"));
    }
    for (Role role : Set.of(Role.ADMIN, Role.MANAGER, Role.REVIEWER, Role.LABELER)) {
      projects.grant(id, owner, role, now);
    }
    audit.record(id, "project-created", "project", id, Map.of("slug", slug));
    return new ProjectRef(id, slug, name.strip());
  }

  /** Projects in which the person has a role, by name. */
  @Transactional
  public List<ProjectRef> projectsOf(UUID personId) {
    return projects.ofPerson(personId);
  }

  @Transactional
  List<MemberRow> members(UUID projectId) {
    return projects.members(projectId);
  }

  /** Members of a project who hold the role, with their addresses for notices. */
  @Transactional
  public List<Person> holders(UUID projectId, Role role) {
    return projects.members(projectId).stream()
        .filter(member -> !member.disabled())
        .filter(member -> Set.of(member.roles().split(",")).contains(role.name()))
        .map(member -> new Person(member.id(), member.email(), member.displayName(), false))
        .toList();
  }

  /** The simulated members of a project, who answer by themselves. */
  @Transactional
  public Set<UUID> simulated(UUID projectId) {
    return projects.members(projectId).stream()
        .filter(MemberRow::simulated)
        .map(MemberRow::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Sets the roles a person holds in a project; an empty set removes the person from it. */
  @Transactional
  public void setRoles(UUID projectId, UUID personId, Set<Role> roles) {
    find(personId);
    projects.revoke(projectId, personId);
    OffsetDateTime now = OffsetDateTime.now(clock);
    for (Role role : roles) {
      projects.grant(projectId, personId, role, now);
    }
    audit.record(projectId, "roles-set", "person", personId, Map.of("roles", roles.toString()));
  }

  /** The roles a person holds in a project, empty for strangers. */
  @Transactional
  Set<Role> rolesIn(UUID projectId, UUID personId) {
    return projects.roles(projectId, personId);
  }

  /** Projects of a person in order of their ids, in parts. */
  @Transactional
  List<ProjectRef> projectsOf(UUID personId, UUID after, int limit) {
    return projects.ofPerson(personId, after, limit);
  }

  /** A person's account; empty for an id nobody has. */
  @Transactional
  Optional<PersonRow> account(UUID personId) {
    return people.byId(personId);
  }

  /** The name of a person; empty for an id nobody has. */
  @Transactional
  Optional<String> named(UUID personId) {
    return people.byId(personId).map(PersonRow::displayName);
  }

  /** The person with this address, for adding to a project. */
  @Transactional
  Person byEmail(String email) {
    PersonRow row =
        people
            .byEmail(email == null ? "" : email.strip())
            .orElseThrow(
                () ->
                    new ProblemException(
                        CommonProblem.INVALID_INPUT,
                        "Nobody here has this address. The account has to be created first.",
                        Map.of("field", "email", MISSING, true)));
    return new Person(row.id(), row.email(), row.displayName(), row.administrator());
  }

  private PersonRow find(UUID personId) {
    return people
        .byId(personId)
        .orElseThrow(() -> ProblemException.notFound("There is no such person."));
  }
}
