package org.atelier.dataset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.atelier.dataset.HeldPictures;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.picture.CleanPicture;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Ids;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HeldPicturesTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(1));

  @TempDir Path folder;

  private final UUID project = Ids.next();
  private final UUID job = Ids.next();
  private final List<String> audited = new ArrayList<>();
  private final List<EraseHandler.Erasure> submitted = new ArrayList<>();
  private Jdbi jdbi;
  private PackedObjectStore store;

  @BeforeEach
  void open() throws IOException {
    jdbi = POSTGRES.jdbi();
    store =
        PackedObjectStore.open(
            FolderBucket.open(folder, false, Clock.systemUTC()), Clock.systemUTC());
  }

  private HeldPictureService at(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    var removal =
        new HeldPictureRemoval(
            (project, action, type, subject, details) -> audited.add(action + " " + details),
            new Nobody(),
            request -> {
              submitted.add((EraseHandler.Erasure) request.payload());
              return Ids.next();
            },
            clock);
    return new HeldPictureService(jdbi, store, reception(), removal, clock);
  }

  private PictureReception reception() {
    return new PictureReception(new PictureCleaner(), folder.resolve("under-way"));
  }

  private static final class Nobody implements CurrentPerson {
    @Override
    public Person require() {
      throw new AssertionError("Nobody has to be signed in");
    }

    @Override
    public Optional<Person> get() {
      return Optional.empty();
    }
  }

  private static InputStream picture(int colour) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, colour);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    new PictureReferences(jdbi).visit(needed::add);
    return needed;
  }

  private void collect(Instant before) {
    new PictureReferences(jdbi).dropUnused(before);
  }

  @Test
  void aPictureStaysForAsLongAsSomebodyHoldsItAndADayLonger() throws IOException {
    String sha256 = at(NOW).bring(project, picture(1)).sha256();
    collect(NOW);
    assertTrue(needed().contains(sha256));

    at(NOW).hold(project, job, List.of(sha256));
    UUID copy = Ids.next();
    at(NOW).hold(project, copy, List.of(sha256));
    collect(LATER);
    assertTrue(needed().contains(sha256));

    at(LATER).hold(project, job, List.of());
    collect(LATER.plusSeconds(1));
    assertTrue(needed().contains(sha256), "the copy holds it");

    at(LATER).hold(project, copy, List.of());
    collect(LATER);
    assertEquals(Set.of(sha256), at(LATER).brought(project, List.of(sha256)));
    collect(LATER.plusSeconds(1));
    assertEquals(Set.of(), at(LATER).brought(project, List.of(sha256)));
    assertTrue(!needed().contains(sha256));
  }

  @Test
  void whatNobodySavedGoesAndBringingItAgainStartsTheDayAnew() throws IOException {
    String sha256 = at(NOW).bring(project, picture(2)).sha256();
    assertEquals(sha256, at(LATER).bring(project, picture(2)).sha256());
    collect(NOW.plusSeconds(1));
    assertTrue(needed().contains(sha256));
    collect(LATER.plusSeconds(1));
    assertTrue(!needed().contains(sha256));
  }

  @Test
  void anItemKeepsItsPictureAndTakesItAwayWhenItIsDeleted() throws IOException {
    String sha256 = at(NOW).bring(project, picture(3)).sha256();
    at(NOW).hold(project, job, List.of(sha256));
    UUID item = itemShowing(sha256);
    jdbi.useTransaction(h -> Burials.forget(h, project, List.of(sha256)));
    assertTrue(needed().contains(sha256));

    UUID dataset =
        jdbi.withHandle(
            h ->
                h.select("select dataset_id from dataset.item where id = ?", item)
                    .mapTo(UUID.class)
                    .one());
    List<String> gone =
        jdbi.inTransaction(
            h ->
                Burials.drop(
                    h,
                    project,
                    Burials.bury(
                        h,
                        CatalogWrites.lock(h, project, dataset),
                        2,
                        List.of(item),
                        new Burials.Burial("asked for", null, NOW))));
    assertEquals(List.of(sha256), gone);
    assertEquals(Set.of(), at(NOW).brought(project, List.of(sha256)));
  }

  @Test
  void aCancelledImportDoesNotTakeAwayWhatSomebodyHolds() throws IOException {
    String sha256 = at(NOW).bring(project, picture(4)).sha256();
    at(NOW).hold(project, job, List.of(sha256));
    jdbi.useTransaction(h -> Burials.forget(h, project, List.of(sha256)));
    assertEquals(Set.of(sha256), at(NOW).brought(project, List.of(sha256)));
  }

  @Test
  void anotherProjectHasNoneOfIt() throws IOException {
    String sha256 = at(NOW).bring(project, picture(5)).sha256();
    UUID other = Ids.next();
    assertEquals(Set.of(), at(NOW).brought(other, List.of(sha256)));
    at(NOW).hold(other, job, List.of(sha256));
    assertEquals(Set.of(), at(NOW).brought(other, List.of(sha256)));
  }

  @Test
  void aFileThatIsNoPictureIsRefusedWithTheReasonAndTheWayOut() {
    InputStream text = new ByteArrayInputStream("not a picture".getBytes(StandardCharsets.UTF_8));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> at(NOW).bring(project, text));
    assertEquals("picture", refused.members().get("field"));
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "Choose a JPEG, PNG, WebP or GIF picture of at most 64 MiB"
                    + " and 50 million pixels."),
        refused.getMessage());
  }

  private void erase() {
    var erasing = new EraseHandler.Erasing(jdbi, Clock.fixed(LATER, ZoneOffset.UTC));
    submitted.forEach(erasure -> erasing.erase(erasure, store));
  }

  @Test
  void aRemovedPictureGoesFromAllWhoHoldItWithItsBytesAndLeavesATombstone() throws IOException {
    String sha256 = at(NOW).bring(project, picture(6)).sha256();
    UUID copy = Ids.next();
    at(NOW).hold(project, job, List.of(sha256));
    at(NOW).hold(project, copy, List.of(sha256));

    assertEquals(0, at(LATER).remove(project, sha256, " shows a person ").itemsShowingIt());
    erase();

    assertTrue(store.stat(sha256).isEmpty());
    assertEquals(Set.of(), at(LATER).brought(project, List.of(sha256)));
    assertEquals(
        List.of(new HeldPictures.RemovedPicture(sha256, "shows a person", LATER)),
        at(LATER).removed(project, List.of(sha256, "ab".repeat(32))));
    assertEquals(1, audited.size());
    assertTrue(audited.get(0).startsWith("example-picture-removed {"), audited.get(0));
    assertEquals(
        LATER,
        jdbi.withHandle(
            h ->
                h.select("select erased_at from dataset.picture_tombstone where sha256 = ?", sha256)
                    .mapTo(Instant.class)
                    .one()));
  }

  @Test
  void anItemThatShowsTheRemovedPictureKeepsItUntilTheItemIsDeleted() throws IOException {
    String sha256 = at(NOW).bring(project, picture(7)).sha256();
    at(NOW).hold(project, job, List.of(sha256));
    itemShowing(sha256);
    assertEquals(1, at(NOW).remove(project, sha256, "rights").itemsShowingIt());
    erase();
    assertTrue(store.stat(sha256).isPresent());
    assertTrue(needed().contains(sha256));
    assertEquals(Set.of(), at(NOW).brought(project, List.of(sha256)));
  }

  @Test
  void anotherProjectKeepsItsOwnAndCannotRemoveOurs() throws IOException {
    UUID other = Ids.next();
    String sha256 = at(NOW).bring(project, picture(8)).sha256();
    assertThrows(ProblemException.class, () -> at(NOW).remove(other, sha256, "not ours"));
    at(NOW).bring(other, picture(8));
    at(NOW).remove(project, sha256, "ours");
    erase();
    assertTrue(store.stat(sha256).isPresent());
    assertEquals(Set.of(sha256), at(NOW).brought(other, List.of(sha256)));
    assertEquals(List.of(), at(NOW).removed(other, List.of(sha256)));
  }

  @Test
  void whoBringsARemovedPictureAgainHasItAgainAndAReasonIsAsked() throws IOException {
    String sha256 = at(NOW).bring(project, picture(9)).sha256();
    assertThrows(ProblemException.class, () -> at(NOW).remove(project, sha256, "no"));
    at(NOW).remove(project, sha256, "mistake");
    assertThrows(ProblemException.class, () -> at(NOW).remove(project, sha256, "mistake"));
    at(LATER).bring(project, picture(9));
    erase();
    assertTrue(store.stat(sha256).isPresent());
    assertEquals(List.of(), at(LATER).removed(project, List.of(sha256)));
  }

  @Test
  void whenSixteenSendSlowlyTheNextIsAskedToComeAgainAndNothingIsLeftOver() throws Exception {
    PictureReception reception = reception();
    CountDownLatch sending = new CountDownLatch(PictureReception.AT_ONCE);
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService senders = Executors.newFixedThreadPool(PictureReception.AT_ONCE);
    List<Future<CleanPicture>> received = new ArrayList<>();
    for (int i = 0; i < PictureReception.AT_ONCE; i++) {
      received.add(senders.submit(() -> reception.receive(slowly(sending, release))));
    }
    sending.await();
    ProblemException refused =
        assertThrows(ProblemException.class, () -> reception.receive(picture(1)));
    assertEquals(429, refused.problem().status());
    release.countDown();
    for (Future<CleanPicture> one : received) {
      assertEquals(3, one.get().width());
    }
    assertEquals(3, reception.receive(picture(1)).width());
    senders.shutdown();
    try (var left = Files.list(folder.resolve("under-way"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** A picture whose first byte comes when it is released. */
  private static InputStream slowly(CountDownLatch sending, CountDownLatch release)
      throws IOException {
    InputStream whole = picture(2);
    return new InputStream() {
      private boolean begun;

      @Override
      public int read() throws IOException {
        if (!begun) {
          begun = true;
          sending.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
        return whole.read();
      }
    };
  }

  @Test
  void whoBringsHoldsRemovesAndDropsAtOnceNeverWaitsForEachOtherForEver() throws Exception {
    String one = at(NOW).bring(project, picture(10)).sha256();
    String two = at(NOW).bring(project, picture(11)).sha256();
    List<Runnable> acts =
        List.of(
            () -> at(NOW).hold(project, job, List.of(two, one)),
            () -> at(NOW).hold(project, job, List.of()),
            () -> bring(10),
            () -> bring(11),
            () -> at(NOW).remove(project, one, "rights"),
            () -> at(NOW).remove(project, two, "rights"),
            () -> collect(LATER),
            () -> jdbi.useHandle(h -> Burials.drop(h, project, List.of(two, one))));
    ExecutorService people = Executors.newFixedThreadPool(acts.size());
    List<Future<?>> done = new ArrayList<>();
    for (Runnable act : acts) {
      done.add(people.submit(() -> repeat(act)));
    }
    for (Future<?> each : done) {
      each.get();
    }
    people.shutdown();
  }

  private void bring(int colour) {
    try {
      at(NOW).bring(project, picture(colour));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void repeat(Runnable act) {
    for (int i = 0; i < 60; i++) {
      try {
        jdbi.useTransaction(h -> act.run());
      } catch (ProblemException removedMeanwhile) {
        // Somebody was faster.
      }
    }
  }

  private UUID itemShowing(String sha256) {
    UUID dataset = Ids.next();
    UUID item = Ids.next();
    jdbi.useTransaction(
        h -> {
          CatalogWrites.insertDataset(
              h, dataset, project, "d" + dataset, ItemKind.IMAGE, "", null, NOW);
          h.execute("update dataset.dataset set latest_version = 1 where id = ?", dataset);
          h.execute(
              """
              insert into dataset.item (id, dataset_id, ordinal, external_id, kind, metadata,
                added_in, digest)
              values (?, ?, 0, 'shirt', 'IMAGE', '{}', 1, 'd')
              """,
              item,
              dataset);
          h.execute("insert into dataset.item_view values (?, 0, 'front', ?, 3, 2)", item, sha256);
        });
    return item;
  }
}
