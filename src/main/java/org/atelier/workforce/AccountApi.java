package org.atelier.workforce;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Cursor;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Slice;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Accounts of the installation as JSON, for its administrators. */
@Path("/api/v1/people")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "People")
class AccountApi {

  private static final int PAGE = 100;

  private final People people;
  private final CurrentPerson currentPerson;

  AccountApi(People people, CurrentPerson currentPerson) {
    this.people = people;
    this.currentPerson = currentPerson;
  }

  /**
   * An account.
   *
   * @param disabledAt null while the person may sign in
   */
  record Account(
      UUID id,
      String email,
      String displayName,
      boolean administrator,
      boolean simulated,
      OffsetDateTime disabledAt) {}

  /** An account to be made. */
  record NewPerson(String email, String displayName, boolean administrator) {}

  /** Whether the person is kept from signing in. */
  record Disabled(Boolean disabled) {}

  @GET
  @Operation(summary = "Everybody with an account, in parts; for administrators")
  public Slice<Account> list(@QueryParam("cursor") String cursor) {
    requireAdministrator();
    List<PersonRow> rows = people.page(null, Cursor.asText(cursor), true);
    return new Slice<>(
        rows.stream().map(AccountApi::account).toList(),
        rows.size() < PAGE ? null : Cursor.of(rows.get(rows.size() - 1).email()));
  }

  @GET
  @Path("{person}")
  @Operation(summary = "One account; for administrators")
  public Account find(@PathParam("person") UUID person) {
    requireAdministrator();
    return people
        .account(person)
        .map(AccountApi::account)
        .orElseThrow(() -> ProblemException.notFound("There is no such person."));
  }

  @POST
  @Operation(summary = "Make an account with a one-time password; signed in, not by token")
  public Response create(NewPerson made) {
    requireAdministrator();
    if (made == null) {
      throw ProblemException.invalid("email", "Give an e-mail address such as ana@example.com.");
    }
    People.NewAccount created =
        people.createAccount(made.email(), made.displayName(), made.administrator());
    return Response.created(URI.create("/api/v1/people/" + created.id())).entity(created).build();
  }

  @POST
  @Path("{person}/reset-password")
  @Operation(
      summary = "Give a new one-time password; all sessions and access tokens end; not by token")
  public People.NewAccount resetPassword(@PathParam("person") UUID person) {
    requireAdministrator();
    return people.resetPassword(person);
  }

  @PUT
  @Path("{person}/disabled")
  @Operation(summary = "Keep a person from signing in, or let them again; not by token")
  public Account setDisabled(@PathParam("person") UUID person, Disabled wanted) {
    requireAdministrator();
    if (wanted == null || wanted.disabled() == null) {
      throw ProblemException.invalid("disabled", "Say true or false.");
    }
    if (wanted.disabled() && person.equals(currentPerson.require().id())) {
      throw new ProblemException(
          WorkforceProblem.ADMINISTRATION_LOST,
          "You cannot disable yourself; ask another administrator.");
    }
    people.setDisabled(person, wanted.disabled());
    return find(person);
  }

  private static Account account(PersonRow row) {
    return new Account(
        row.id(),
        row.email(),
        row.displayName(),
        row.administrator(),
        row.simulated(),
        row.disabledAt());
  }

  private void requireAdministrator() {
    if (!currentPerson.require().administrator()) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "Only administrators of the installation manage accounts.");
    }
  }
}
