package org.atelier.workforce;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the first administrator and the first project of a new installation. A first start that was
 * cut off, or whose output was lost, locks nobody out: until somebody administers the installation,
 * every start gives the first administrator a new one-time password.
 */
@Singleton
public class FirstStart {

  static final String ADMINISTRATOR = "admin@atelier.local";

  private final People people;
  private final boolean enabled;
  private volatile Optional<People.NewAccount> administrator = Optional.empty();

  FirstStart(
      People people,
      @ConfigProperty(name = "atelier.first-start", defaultValue = "true") boolean enabled) {
    this.people = people;
    this.enabled = enabled;
  }

  void prepare(@Observes StartupEvent started) {
    if (enabled) {
      administrator =
          people.isEmpty()
              ? Optional.of(QuarkusTransaction.requiringNew().call(this::create))
              : people.waitingAdministrator(ADMINISTRATOR).map(people::resetPassword);
    }
  }

  private People.NewAccount create() {
    People.NewAccount account = people.createAccount(ADMINISTRATOR, "Administrator", true);
    people.createProject("atelier", "Atelier", account.id());
    return account;
  }

  /**
   * The first administrator with a one-time password made by this start; empty when somebody
   * administers the installation already.
   */
  public Optional<People.NewAccount> administrator() {
    return administrator;
  }
}
