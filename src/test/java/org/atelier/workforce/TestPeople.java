package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.ProjectRef;

/** Makes people who are signed in already, for tests of pages and of the API. */
@Singleton
public class TestPeople {

  /** Name of the cookie that carries {@link Visitor#session()}. */
  public static final String COOKIE = SessionAuthentication.COOKIE;

  private static final String PASSWORD = "a long new password";

  private final People people;
  private final Accounts accounts;

  TestPeople(People people, Accounts accounts) {
    this.people = people;
    this.accounts = accounts;
  }

  /**
   * Somebody at the door.
   *
   * @param session value of the session cookie
   * @param token personal access token for {@code Authorization: Bearer}
   */
  public record Visitor(UUID personId, String email, String session, String token) {}

  /** A new person without any project. */
  public Visitor visitor(String name) {
    return visitor(name, false);
  }

  /** A new administrator of the installation without any project. */
  public Visitor administrator(String name) {
    return visitor(name, true);
  }

  private Visitor visitor(String name, boolean administrator) {
    People.NewAccount account =
        people.createAccount("p-" + Ids.next() + "@example.com", name, administrator);
    accounts.changePassword(account.id(), account.oneTimePassword(), PASSWORD, null);
    String session = accounts.signIn(account.email(), PASSWORD, "test").token();
    return new Visitor(
        account.id(), account.email(), session, accounts.createToken(account.id(), "test", 1));
  }

  /** A new project that the person administers, manages and labels in. */
  public ProjectRef projectOf(Visitor owner) {
    String slug = "t-" + Ids.next().toString().substring(24);
    return people.createProject(slug, "Project " + slug, owner.personId());
  }
}
