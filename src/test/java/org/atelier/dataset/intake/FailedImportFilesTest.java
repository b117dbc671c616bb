package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.VersionDigest;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How long the files of an import lie on the server when it failed. */
class FailedImportFilesTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Instant SENT = Instant.parse("2026-11-01T10:00:00Z");
  private static final Duration UNUSED = Duration.ofDays(7);

  @TempDir Path folder;
  private final UUID project = Ids.next();
  private UUID upload;
  private UUID run;

  @BeforeEach
  void sendAndBegin() {
    upload = at(SENT).begin(project, null, List.of(new UploadFiles.Announced("a.csv", 0)), null);
    run = Ids.next();
    UUID dataset = Ids.next();
    String spec = "{\"upload\": \"%s\"}".formatted(upload);
    POSTGRES
        .jdbi()
        .useTransaction(
            h -> {
              CatalogWrites.insertDataset(
                  h, dataset, project, "d" + dataset, ItemKind.TEXT, "", null, SENT);
              var locked = CatalogWrites.lock(h, project, dataset);
              var made = new ImportRepository.NewImport(run, project, dataset, spec, "a.csv");
              ImportRepository.insert(h, made, locked, new VersionDigest().hex(), null, SENT);
              ImportRepository.begin(h, run, run, 10);
            });
  }

  @Test
  void anImportThatRunsKeepsItsFilesHoweverLong() throws IOException {
    at(SENT.plus(Duration.ofDays(90))).removeOld(UNUSED);
    assertTrue(Files.exists(file()));
    assertNull(view().filesKeptUntil());
  }

  @Test
  void afterAFailureTheFilesStayForFourteenDaysAndThePageSaysUntilWhen() throws IOException {
    Instant failed = SENT.plus(Duration.ofDays(30));
    fail(failed);
    assertEquals(failed.plus(Duration.ofDays(14)), view().filesKeptUntil());
    at(failed.plus(Duration.ofDays(13))).removeOld(UNUSED);
    assertTrue(Files.exists(file()));
    at(failed.plus(Duration.ofDays(15))).removeOld(UNUSED);
    assertFalse(Files.exists(file()));
    assertNull(view().filesKeptUntil());
    assertEquals("FAILED", view().state());
    assertEquals(
        "The disk is full. The files sent for it were removed 14 days later: cancel it and send"
            + " them again.",
        view().message());
  }

  @Test
  void anImportThatWasContinuedCountsFromItsNextFailure() throws IOException {
    Instant failed = SENT.plus(Duration.ofDays(1));
    fail(failed);
    POSTGRES.jdbi().useHandle(h -> ImportRepository.begin(h, run, run, 10));
    assertNull(view().finishedAt());
    at(failed.plus(Duration.ofDays(20))).removeOld(UNUSED);
    assertTrue(Files.exists(file()));
    fail(failed.plus(Duration.ofDays(20)));
    at(failed.plus(Duration.ofDays(30))).removeOld(UNUSED);
    assertTrue(Files.exists(file()));
    assertNotNull(view().filesKeptUntil());
  }

  @Test
  void whatFailedByADiskCanBeContinuedAndWhatFailedByItsFilesCannot() {
    fail(SENT);
    assertTrue(view().continuable());
    POSTGRES.jdbi().useHandle(h -> ImportRepository.begin(h, run, run, 10));
    assertFalse(view().continuable());
    POSTGRES
        .jdbi()
        .useHandle(h -> ImportRepository.fail(h, run, run, failure("No column a.", true, SENT)));
    assertFalse(view().continuable());
    assertNotNull(view().filesKeptUntil());
  }

  @Test
  void filesThatARestoreDidNotBringBackAreToBeBroughtAgain() throws IOException {
    Files.delete(file());
    ProblemException gone =
        assertThrows(ProblemException.class, () -> at(SENT).files(project, upload));
    assertEquals("upload-not-found", gone.problem().code());
    assertEquals(
        "The files sent for this are not here any more; a backup does not hold them. Bring them"
            + " again.",
        gone.getMessage());
    fail(SENT);
    assertTrue(at(SENT).looked(view()).continuable());
    Files.delete(file().getParent());
    assertFalse(at(SENT).looked(view()).continuable());
    assertNull(at(SENT).looked(view()).filesKeptUntil());
  }

  private void fail(Instant when) {
    POSTGRES
        .jdbi()
        .useHandle(
            h -> ImportRepository.fail(h, run, run, failure("The disk is full.", false, when)));
  }

  private static ImportRepository.Failure failure(String why, boolean input, Instant when) {
    return new ImportRepository.Failure(why, input, when);
  }

  private ImportView view() {
    return POSTGRES.jdbi().withHandle(h -> ImportRepository.view(h, project, run)).orElseThrow();
  }

  private Path file() {
    return folder.resolve(upload.toString()).resolve("0");
  }

  private UploadFiles at(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new UploadFiles(POSTGRES.jdbi(), clock, new Settings(folder), folder);
  }

  private record Settings(Path folder) implements DatasetConfig {
    @Override
    public Optional<List<Path>> importRoots() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> uploads() {
      return Optional.of(folder);
    }

    @Override
    public long mostUploadBytes() {
      return 1_000_000;
    }

    @Override
    public int mostUploadFiles() {
      return 10;
    }

    @Override
    public int pictureThreads() {
      return 1;
    }
  }
}
