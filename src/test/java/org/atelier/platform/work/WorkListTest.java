package org.atelier.platform.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the lists of works say. */
class WorkListTest {

  @RegisterExtension final PostgresExtension postgres = new PostgresExtension();

  private WorkRepository repository;
  private WorkLists lists;

  @BeforeEach
  void open() {
    repository = new WorkRepository(postgres.jdbi(), new ObjectMapper());
    lists = new WorkLists(postgres.jdbi());
  }

  @Test
  void listShowsOnlyTheGivenProjectsNewestFirstInSlices() {
    UUID mine = Ids.next();
    UUID other = Ids.next();
    for (int i = 0; i < 5; i++) {
      insert(mine, "Mine " + i);
      insert(other, "Other " + i);
      insert(null, "Housekeeping " + i);
    }

    var first = lists.list(List.of(mine), false, null, 3);
    var second = lists.list(List.of(mine), false, UUID.fromString(first.next()), 3);

    assertEquals(
        List.of("Mine 4", "Mine 3", "Mine 2"), first.rows().stream().map(WorkView::title).toList());
    assertEquals(List.of("Mine 1", "Mine 0"), second.rows().stream().map(WorkView::title).toList());
    assertNull(second.next());
    assertEquals(10, lists.countUnfinished(List.of(mine), true));
  }

  @Test
  void timeLeftFollowsTheRateSinceThePhaseBegan() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    // Continued at 100 of 1,000 from a checkpoint; 10 s later 300 are done: 20 per second.
    WorkView view =
        new WorkView(
            Ids.next(),
            null,
            "test",
            null,
            "t",
            null,
            start,
            WorkState.RUNNING,
            1,
            false,
            "Phase",
            300,
            1000,
            start,
            100,
            start.plusSeconds(10),
            start,
            null,
            null);

    assertEquals(20.0, view.rate());
    assertEquals(Duration.ofSeconds(35), view.timeLeft());
  }

  private void insert(UUID project, String title) {
    repository.insert(
        Ids.next(), new WorkRequest(project, "test", null, title, Map.of()), "Anna", Instant.EPOCH);
  }
}
