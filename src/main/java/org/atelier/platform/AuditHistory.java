package org.atelier.platform;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads what the audit trail says of one thing, for the thing's own page. */
@Singleton
public class AuditHistory {

  private final Jdbi jdbi;

  AuditHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An act.
   *
   * @param personName who did it; the installation itself has a name too
   * @param from member of the details, null without it
   * @param reason member of the details, null without it
   */
  public record Act(Instant at, String personName, String action, String from, String reason) {}

  /** The newest acts of the given kinds on a thing of a project, newest first. */
  @Transactional
  public List<Act> of(UUID projectId, UUID subjectId, Collection<String> actions, int most) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select at, person_name, action, details ->> 'from' as "from",
                      details ->> 'reason' as reason
                    from platform.audit_entry
                    where subject_id = :subject and project_id = :project
                      and action = any(:actions)
                    order by id desc limit :most
                    """)
                .bind("subject", subjectId)
                .bind("project", projectId)
                .bind("actions", actions.toArray(new String[0]))
                .bind("most", most)
                .map(RecordMapper.of(Act.class))
                .list());
  }
}
