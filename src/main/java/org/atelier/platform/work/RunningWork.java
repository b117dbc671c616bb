package org.atelier.platform.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt at a work. Reports are kept in memory and written by {@link #flush()}, which a
 * background thread calls, so that reporting for every item costs nothing. Thread-safe.
 */
final class RunningWork implements WorkContext {

  private static final int MOST_LINES = 5000;
  private static final Duration TURN = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final WorkView work;
  private final WorkRepository repository;
  private final Clock clock;
  private final Object writing = new Object();
  private final List<WorkLogLine> unwritten = new ArrayList<>();
  private Progress progress;
  private boolean dirty;
  private int lines;
  private volatile String stopReason;
  private volatile Instant looksNext;

  RunningWork(WorkView work, WorkRepository repository, Clock clock) {
    this.work = work;
    this.repository = repository;
    this.clock = clock;
    this.looksNext = clock.instant().plus(TURN);
  }

  @Override
  public UUID workId() {
    return work.id();
  }

  @Override
  public UUID projectId() {
    return work.projectId();
  }

  @Override
  public UUID subjectId() {
    return work.subjectId();
  }

  @Override
  public <T> T payload(Class<T> type) {
    return repository.payload(work.id(), type);
  }

  @Override
  public synchronized void progress(String phase, long done, long total) {
    progress = Progress.after(progress, phase, done, total, clock.instant());
    dirty = true;
  }

  @Override
  public synchronized void log(String line) {
    if (lines == MOST_LINES) {
      unwritten.add(new WorkLogLine(0, clock.instant(), "Further lines are left out."));
    } else if (lines < MOST_LINES) {
      unwritten.add(new WorkLogLine(0, clock.instant(), line));
    }
    lines++;
  }

  @Override
  public void checkCancelled() throws CancelledWorkException {
    if (stopReason != null) {
      throw new CancelledWorkException(stopReason);
    }
  }

  @Override
  public void makeWay() throws MadeWayException {
    Instant now = clock.instant();
    if (now.isBefore(looksNext)) {
      return;
    }
    looksNext = now.plus(BETWEEN_LOOKS);
    if (repository.othersWait(now)) {
      throw new MadeWayException();
    }
  }

  @Override
  public Optional<String> checkpoint() {
    return repository.checkpoint(work.id());
  }

  @Override
  public void checkpoint(String json) {
    repository.checkpoint(work.id(), json);
  }

  int attempt() {
    return work.attempt();
  }

  /** Makes {@link #checkCancelled()} throw from now on. */
  void stop(String reason) {
    stopReason = reason;
  }

  /** Writes what was reported since the last time; one at a time, so that the last report stays. */
  void flush() {
    synchronized (writing) {
      write();
    }
  }

  private void write() {
    Progress report;
    List<WorkLogLine> newLines;
    synchronized (this) {
      report = dirty ? progress : null;
      dirty = false;
      newLines = List.copyOf(unwritten);
      unwritten.clear();
    }
    if (report != null) {
      repository.progress(work.id(), report);
    }
    repository.log(work.id(), newLines);
  }
}
