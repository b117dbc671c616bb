package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.Test;

/** People on slow lines send files while others work. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class SlowUploadQuarkusTest {

  private static final int SENDERS = 30;

  @Inject UploadFiles uploads;
  @Inject AgroalDataSource connections;
  @Inject TestPeople people;

  @Test
  void whoSendsSlowlyKeepsNoConnectionOfTheDatabaseFromOthers() throws Exception {
    UUID project = people.projectOf(people.visitor("Ana Lima")).id();
    CountDownLatch sending = new CountDownLatch(SENDERS);
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    List<Future<Long>> received = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      UUID upload =
          uploads.begin(project, null, List.of(new UploadFiles.Announced("a.csv", 3)), null);
      received.add(
          senders.submit(() -> uploads.append(project, upload, 0, 0, slowly(sending, release))));
    }
    try {
      assertTrue(sending.await(120, TimeUnit.SECONDS), "nobody began to send");
      long taken = connections.getMetrics().activeCount();
      // others may be at work at this moment, but do not hold theirs as long as the senders send
      for (int look = 0; look < 600 && taken >= 10; look++) {
        Thread.sleep(50);
        taken = connections.getMetrics().activeCount();
      }
      assertTrue(taken < 10, taken + " connections are taken");
    } finally {
      release.countDown();
    }
    for (Future<Long> one : received) {
      assertEquals(3, one.get());
    }
    senders.shutdown();
  }

  private static InputStream slowly(CountDownLatch sending, CountDownLatch release) {
    return new InputStream() {
      private int sent;

      @Override
      public int read(byte[] into, int from, int length) {
        if (sent == 0) {
          sending.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
        return sent == 3 ? -1 : read(into, from);
      }

      private int read(byte[] into, int at) {
        into[at] = 'x';
        sent++;
        return 1;
      }

      @Override
      public int read() {
        throw new AssertionError("Bytes are read in blocks");
      }
    };
  }
}
