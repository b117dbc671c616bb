package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemDeleted;
import org.atelier.dataset.ItemKind;
import org.atelier.learning.pool.FeatureMethod;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.learning.pool.PoolSource;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class DeletedFeaturesQuarkusTest {

  private static final int ITEMS = 40;

  @Inject Jdbi jdbi;
  @Inject FeatureService features;
  @Inject CountingFeatures counting;
  @Inject TestPeople people;
  @Inject Event<ItemDeleted> deleted;

  @Test
  void deletingAnItemLeavesTheEqualFeaturesOfAnotherProject() throws Exception {
    TextPool mine = pool("Mo");
    TextPool theirs = pool("Flo");
    UUID set = compute(mine, counting);
    UUID other = compute(theirs, counting);
    assertEquals(values(set), values(other), "equal features are one object");
    String before = values(set);

    delete(mine, items(mine).item(3));

    await(() -> !values(set).equals(before));
    assertErased(set, 3);
    Thread.sleep(1000);
    assertEquals(before, values(other));
    assertEquals(1, features.cosines(other, new int[] {3}).orElseThrow()[0][0], 1e-6);
  }

  @Test
  void itemsDeletedWhileFeaturesAreComputedHaveNoneAfterwards() throws Exception {
    TextPool pool = pool("Jo");
    UUID learnt = compute(pool, new Meanwhile(() -> delete(pool, items(pool).item(5))));
    await(() -> isErased(learnt, 5));
    assertEquals(1, features.cosines(learnt, new int[] {6}).orElseThrow()[0][0], 1e-6);

    int version = pool.grow(10);
    PoolItems more = features.items(pool.project, pool.dataset, version);
    FeatureMethod method = new Meanwhile(() -> delete(pool, more.item(ITEMS + 2)));
    UUID same =
        features.compute(pool.project, pool.dataset, more, method, (phase, done, total) -> {});

    assertEquals(learnt, same);
    await(() -> isErased(same, ITEMS + 2));
  }

  private TextPool pool(String person) {
    UUID project = people.projectOf(people.visitor(person)).id();
    return new TextPool(jdbi, project, ITEMS, 77);
  }

  private UUID compute(TextPool pool, FeatureMethod method) {
    return features.compute(
        pool.project, pool.dataset, items(pool), method, (phase, done, total) -> {});
  }

  private PoolItems items(TextPool pool) {
    return features.items(pool.project, pool.dataset, 1);
  }

  private void delete(TextPool pool, UUID item) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                deleted.fire(
                    new ItemDeleted(pool.project, pool.dataset, 2, List.of(item), "Asked to")));
  }

  private String values(UUID set) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select values_sha256 from learning.feature_part"
                        + " where set_id = :set and first_row = 0")
                .bind("set", set)
                .mapTo(String.class)
                .one());
  }

  private void assertErased(UUID set, int row) {
    assertEquals(0, features.cosines(set, new int[] {row}).orElseThrow()[0][0]);
  }

  private boolean isErased(UUID set, int row) {
    return features.cosines(set, new int[] {row}).orElseThrow()[0][0] == 0;
  }

  private static void await(java.util.function.BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(180).toNanos();
    while (!condition.getAsBoolean()) {
      assertNotEquals(true, System.nanoTime() > end, "it did not happen");
      Thread.sleep(50);
    }
  }

  /** Computes like the others while somebody deletes an item that was read. */
  private final class Meanwhile implements FeatureMethod {

    private final Runnable deletion;

    Meanwhile(Runnable deletion) {
      this.deletion = deletion;
    }

    @Override
    public String name() {
      return counting.name();
    }

    @Override
    public boolean reads(ItemKind kind) {
      return counting.reads(kind);
    }

    @Override
    public boolean isUsual() {
      return false;
    }

    @Override
    public String recipe(UUID datasetId) {
      return counting.recipe(datasetId);
    }

    @Override
    public String description() {
      return counting.description();
    }

    @Override
    public Computed learn(PoolSource source, Path learned, Path into, Progress progress)
        throws IOException {
      Computed computed = counting.learn(source, learned, into, progress);
      deletion.run();
      return computed;
    }

    @Override
    public Computed apply(Path learned, PoolSource source, Path into, Progress progress)
        throws IOException {
      Computed computed = counting.apply(learned, source, into, progress);
      deletion.run();
      return computed;
    }
  }
}
