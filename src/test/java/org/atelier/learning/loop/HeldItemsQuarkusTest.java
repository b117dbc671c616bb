package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.JobNumbers;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class HeldItemsQuarkusTest {

  private static final int ITEMS = 900;

  @Inject Jdbi jdbi;
  @Inject LoopTrials trials;
  @Inject JobNumbers numbers;
  @Inject TestPeople people;

  /** As when an audit takes an item back while somebody holds it, who then answers it. */
  @Test
  void aJobEndsAlsoWhenLabelledItemsHaveTasksThatWereTakenBack() {
    ProjectRef project = people.projectOf(people.visitor("Ana"));
    TextPool pool = new TextPool(jdbi, project.id(), ITEMS, 17);
    UUID job = trials.start(pool, Map.of(), null);
    trials.workUntil(60, pool, job, () -> trials.trained(job));
    int takenBack =
        jdbi.withHandle(
            handle ->
                handle.execute(
                    """
                    update labeling.task set state = 'WITHDRAWN' where id in (
                      select id from labeling.task
                      where job_id = ? and state = 'SETTLED' order by id limit 3)
                    """,
                    job));
    assertEquals(3, takenBack);
    trials.workUntil(120, pool, job, () -> trials.completed(job));
    JobNumbers.Progress progress = numbers.progress(job);
    assertEquals(ITEMS, progress.human() + progress.machine());
  }
}
