package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopClockTest {

  private static final UUID BROKEN = new UUID(0, 1);
  private static final UUID SOUND = new UUID(0, 2);

  @Test
  void errorsOfOneLookEndNoLooking() throws InterruptedException {
    CountDownLatch broken = new CountDownLatch(2);
    CountDownLatch sound = new CountDownLatch(1);
    LoopClock clock =
        new LoopClock(
            new LoopClock.LoopLooking(null) {
              @Override
              List<UUID> running() {
                throw new StackOverflowError();
              }

              @Override
              boolean look(UUID jobId) {
                if (jobId.equals(BROKEN)) {
                  broken.countDown();
                  throw new NoClassDefFoundError("Something native");
                }
                sound.countDown();
                return true;
              }
            });
    clock.start(null);
    try {
      for (int wait = 0; wait < 600 && broken.getCount() > 0; wait++) {
        clock.mark(BROKEN);
        broken.await(100, TimeUnit.MILLISECONDS);
      }
      assertEquals(0, broken.getCount());
      clock.mark(SOUND);
      assertTrue(sound.await(30, TimeUnit.SECONDS));
    } finally {
      clock.stop(null);
    }
  }

  @Test
  void aJobThatSomebodyElseHeldIsLookedAtAgainSoon() throws InterruptedException {
    CountDownLatch looks = new CountDownLatch(3);
    LoopClock clock =
        new LoopClock(
            new LoopClock.LoopLooking(null) {
              @Override
              List<UUID> running() {
                return List.of();
              }

              @Override
              boolean look(UUID jobId) {
                looks.countDown();
                return looks.getCount() == 0;
              }
            });
    clock.start(null);
    try {
      clock.mark(SOUND);
      assertTrue(looks.await(30, TimeUnit.SECONDS));
    } finally {
      clock.stop(null);
    }
  }
}
