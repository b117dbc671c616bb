package org.atelier.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

@Singleton
class DatabaseAuditTrail implements AuditTrail {

  private final Jdbi jdbi;
  private final Clock clock;
  private final CurrentPerson currentPerson;
  private final ObjectMapper json;

  DatabaseAuditTrail(Jdbi jdbi, Clock clock, CurrentPerson currentPerson, ObjectMapper json) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.currentPerson = currentPerson;
    this.json = json;
  }

  @Override
  public void record(
      UUID projectId, String action, String subjectType, UUID subjectId, Map<String, ?> details) {
    Optional<Person> person = currentPerson.get();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into platform.audit_entry (at, project_id, person_id, person_name,
                      action, subject_type, subject_id, details, request_id)
                    values (:at, :project, :person, :name, :action, :type, :subject,
                      cast(:details as jsonb), :request)
                    """)
                .bind("at", OffsetDateTime.now(clock))
                .bind("project", projectId)
                .bind("person", person.map(Person::id).orElse(null))
                .bind("name", person.map(Person::displayName).orElse("Atelier"))
                .bind("action", action)
                .bind("type", subjectType)
                .bind("subject", subjectId)
                .bind("details", write(details))
                .bind("request", RequestIds.current())
                .execute());
  }

  private String write(Map<String, ?> details) {
    try {
      return json.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Audit details cannot be written as JSON", e);
    }
  }
}
