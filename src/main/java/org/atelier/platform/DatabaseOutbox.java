package org.atelier.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

@Singleton
class DatabaseOutbox implements Outbox {

  private final Jdbi jdbi;
  private final Clock clock;
  private final ObjectMapper json;

  DatabaseOutbox(Jdbi jdbi, Clock clock, ObjectMapper json) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.json = json;
  }

  @Override
  public void publish(UUID projectId, String type, UUID subjectId, Object payload) {
    String body;
    try {
      body = json.writeValueAsString(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Event " + type + " cannot be written as JSON", e);
    }
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into platform.outbox (at, project_id, type, subject_id, payload)
                    values (:at, :project, :type, :subject, cast(:payload as jsonb))
                    """)
                .bind("at", OffsetDateTime.now(clock))
                .bind("project", projectId)
                .bind("type", type)
                .bind("subject", subjectId)
                .bind("payload", body)
                .execute());
  }
}
