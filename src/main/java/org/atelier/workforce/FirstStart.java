package org.atelier.workforce;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the first administrator and the first project of a new installation. */
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
    if (enabled && people.isEmpty()) {
      People.NewAccount account = people.createAccount(ADMINISTRATOR, "Administrator", true);
      people.createProject("atelier", "Atelier", account.id());
      administrator = Optional.of(account);
    }
  }

  /** The administrator made by this start, with the one-time password; empty on later starts. */
  public Optional<People.NewAccount> administrator() {
    return administrator;
  }
}
