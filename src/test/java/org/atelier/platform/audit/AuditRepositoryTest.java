package org.atelier.platform.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditRepositoryTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final int ACTS = 1_000;

  @Test
  void whoReadsAllActsSlowlyHoldsNothingOfTheDatabase() throws IOException {
    Jdbi jdbi = POSTGRES.jdbi();
    UUID project = Ids.next();
    act(jdbi, project, ACTS);
    act(jdbi, Ids.next(), 1);
    List<Long> ids = new ArrayList<>();
    new AuditRepository(jdbi)
        .all(
            project,
            row -> {
              if (ids.isEmpty()) {
                act(jdbi, project, 1);
              }
              ids.add(row.id());
            });
    assertEquals(ACTS + 1, ids.size(), "no state of the database was kept for the reader");
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
  }

  private static void act(Jdbi jdbi, UUID project, int acts) {
    jdbi.useHandle(
        h ->
            h.execute(
                "insert into platform.audit_entry (at, project_id, person_name, action,"
                    + " subject_type, details) select now(), ?, 'Ana', 'looked', 'item', '{}'"
                    + " from generate_series(1, ?)",
                project,
                acts));
  }
}
