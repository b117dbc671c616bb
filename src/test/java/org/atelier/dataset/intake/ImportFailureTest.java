package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.format.RowReader;
import org.atelier.dataset.format.RowSink;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.dataset.picture.PictureLimits;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.work.WorkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of an import whose source or database breaks in a way that nobody foresaw. */
class ImportFailureTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private ImportFixture fixture;
  private UUID id;

  @BeforeEach
  void begin() {
    fixture = new ImportFixture(POSTGRES.jdbi(), Ids.next());
    id = fixture.begin();
  }

  @Test
  void aFaultOfOursFailsTheImportAndKeepsItsReasonForTheLog() {
    IllegalStateException fault = new IllegalStateException("row 3 of 2");
    ProblemException told = assertThrows(ProblemException.class, () -> run(fault));
    assertEquals("internal", told.problem().code());
    assertSame(fault, told.getCause());
    assertEquals("FAILED", fixture.row(id).state());
  }

  @Test
  void aBrokenFileIsNoFullStore() {
    IOException broken = new IOException("invalid stored block lengths");
    ProblemException told = assertThrows(ProblemException.class, () -> run(broken));
    assertEquals("internal", told.problem().code());
    assertSame(broken, told.getCause());
    assertEquals("FAILED", fixture.row(id).state());
  }

  @Test
  void aFullDiskOfTheDatabaseIsOneToMakeRoomOn() {
    RuntimeException full = new IllegalStateException(new SQLException("full", "53100"));
    ProblemException told = assertThrows(ProblemException.class, () -> run(full));
    assertEquals("storage-full", told.problem().code());
    assertTrue(told.getMessage().contains("make room"), told.getMessage());
    assertEquals("FAILED", fixture.row(id).state());
  }

  @Test
  void whileTheDatabaseIsAwayTheImportWaitsForIt() {
    RuntimeException away = new IllegalStateException(new SQLException("stopping", "57P01"));
    assertSame(away, assertThrows(RuntimeException.class, () -> run(away)));
    assertEquals("RUNNING", fixture.row(id).state());
  }

  @Test
  void anErrorLeavesNoImportThatSeemsToGoOn() {
    assertThrows(StackOverflowError.class, () -> run(new StackOverflowError()));
    handler(null).failed(new Context(id), "StackOverflowError");
    assertEquals("FAILED", fixture.row(id).state());
  }

  @Test
  void anAttemptThatEndedDoesNotFailTheImportThatWasContinuedMeanwhile() {
    UUID later = Ids.next();
    POSTGRES
        .jdbi()
        .useHandle(
            h -> {
              h.execute("update dataset.import set state = 'QUEUED' where id = ?", id);
              ImportRepository.setWork(h, id, later);
            });
    handler(null).failed(new Context(id), "There is no such column.");
    assertEquals("QUEUED", fixture.row(id).state());
  }

  private void run(Throwable failure) throws Exception {
    handler(failure).run(new Context(id));
  }

  private ImportHandler handler(Throwable failure) {
    Transactions transactions =
        new Transactions() {
          @Override
          public <T> T call(Step<T> step) {
            return POSTGRES.jdbi().inTransaction(step::on);
          }
        };
    return new ImportHandler(
        transactions,
        null,
        new BrokenSource(failure),
        new PictureCleaner(PictureLimits.DEFAULT),
        null,
        null,
        new ImportHandler.Settings(Clock.systemUTC(), new ObjectMapper(), new Usual()));
  }

  /** A source that breaks as soon as it is read. */
  private static final class BrokenSource extends SourceOpener {

    private final Throwable failure;

    private BrokenSource(Throwable failure) {
      super(null, null, new Usual());
      this.failure = failure;
    }

    @Override
    RowReader open(ImportSpec spec, UUID projectId, ItemKind kind) {
      return new RowReader() {
        @Override
        public void read(RowSink sink) throws IOException {
          if (failure instanceof Error error) {
            throw error;
          }
          if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
          }
          throw (IOException) failure;
        }

        @Override
        public long total() {
          return 10;
        }

        @Override
        public long position() {
          return 0;
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }
  }

  private static final class Usual implements DatasetConfig {

    @Override
    public Optional<List<Path>> importRoots() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> uploads() {
      return Optional.empty();
    }

    @Override
    public long mostUploadBytes() {
      return 1;
    }

    @Override
    public int mostUploadFiles() {
      return 1;
    }

    @Override
    public int pictureThreads() {
      return 1;
    }
  }

  /** The work of one import, which nobody cancels. */
  private record Context(UUID id) implements WorkContext {

    @Override
    public UUID workId() {
      return id;
    }

    @Override
    public UUID projectId() {
      return id;
    }

    @Override
    public UUID subjectId() {
      return id;
    }

    @Override
    public <T> T payload(Class<T> type) {
      return type.cast(new ImportHandler.Payload(id));
    }

    @Override
    public void progress(String phase, long done, long total) {
      // Nobody looks.
    }

    @Override
    public void log(String line) {
      // Nobody reads.
    }

    @Override
    public void checkCancelled() {
      // Nobody cancels.
    }

    @Override
    public void makeWay() {
      // Nobody waits.
    }

    @Override
    public Optional<String> checkpoint() {
      return Optional.empty();
    }

    @Override
    public void checkpoint(String json) {
      // The import keeps its own place.
    }
  }
}
