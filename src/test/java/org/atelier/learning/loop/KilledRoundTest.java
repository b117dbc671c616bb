package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes that run a job, where it hurts most. The database itself holds them there: a
 * trigger waits for a lock that the test has, so that no clock decides where a process dies.
 */
class KilledRoundTest {

  private static final long MOST_SECONDS = 300;
  private static final String LOCK = "4711";

  @TempDir Path folder;

  private final EmbeddedPostgresTestResource database = new EmbeddedPostgresTestResource();
  private Map<String, String> settings;
  private Jdbi jdbi;
  private Handle lock;
  private Process process;

  @BeforeEach
  void prepare() {
    settings = database.start();
    jdbi =
        Jdbi.create(
            settings.get("quarkus.datasource.jdbc.url"),
            settings.get("quarkus.datasource.username"),
            settings.get("quarkus.datasource.password"));
    lock = jdbi.open();
    lock.execute("select pg_advisory_lock(" + LOCK + ")");
  }

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    lock.close();
    database.stop();
  }

  @Test
  void aJobWhoseProcessIsKilledInTwoRoundsEndsAsIfNobodyHadKilledIt() throws Exception {
    String log = start("trains");
    await(log, () -> Files.exists(notes()) && hasTable());
    hold("insert", "new.model_sha256 is not null");
    killWhereItIsHeld(log);
    assertEquals(0, number("select count(*) from learning.step where model_sha256 is not null"));
    assertEquals(1, number("select count(*) from platform.work where state = 'RUNNING'"));
    contiguous();

    hold("update", "new.applied_at is not null");
    killWhereItIsHeld(start("accepts"));
    assertEquals(0, number("select count(*) from labeling.label where source = 'MACHINE'"));
    assertTrue(number("select count(*) from labeling.task where reason = 'AUDIT'") > 0);
    assertEquals(1, number("select count(*) from learning.step where applied_at is null"));
    String planned = text("select directive_sha256 from learning.step where applied_at is null");
    long step = number("select number from learning.step where applied_at is null");
    contiguous();

    String last = start("ends");
    assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), () -> said(last));
    assertEquals(0, process.exitValue(), () -> said(last));
    assertEquals(
        planned,
        text("select directive_sha256 from learning.step where number = " + step),
        "what was planned before the kill is what was done");
    assertEquals(0, number("select count(*) from learning.step where applied_at is null"));
    assertEquals(0, number("select count(*) from platform.work where state <> 'DONE'"));
    contiguous();
  }

  private void contiguous() {
    for (String table : List.of("learning.step", "learning.round")) {
      assertEquals(
          number("select coalesce(max(number), -1) + 1 from " + table),
          number("select count(*) from " + table),
          table);
    }
  }

  private Path notes() {
    return folder.resolve("notes");
  }

  private boolean hasTable() {
    return number("select count(*) from pg_class where oid = to_regclass('learning.step')") == 1;
  }

  /**
   * From now on the first step of a kind waits within its transaction: one that is noted after
   * training, or one whose effects, machine labels among them, are all there but not committed.
   */
  private void hold(String act, String when) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              create or replace function public.hold() returns trigger language plpgsql as $$
              begin
                if tg_op = 'INSERT' or exists (select 1 from labeling.label
                    where job_id = new.job_id and source = 'MACHINE') then
                  perform pg_advisory_xact_lock(%s);
                end if;
                return new;
              end $$
              """
                  .formatted(LOCK));
          handle.execute(
              "create trigger hold before %s on learning.step for each row when (%s) execute function public.hold()"
                  .formatted(act, when));
        });
  }

  /** The server ends the transaction of the dead before it lets the trigger be dropped. */
  private void killWhereItIsHeld(String log) throws Exception {
    await(
        log,
        () ->
            number(
                    """
                    select count(*) from pg_locks where locktype = 'advisory' and not granted
                      and database = (select oid from pg_database
                        where datname = current_database())
                    """)
                > 0);
    process.destroyForcibly().waitFor();
    lock.execute("select pg_advisory_unlock(" + LOCK + ")");
    lock.execute("drop trigger hold on learning.step");
    lock.execute("select pg_advisory_lock(" + LOCK + ")");
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private String text(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  private void await(String log, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> said(log));
      assertTrue(!process.waitFor(20, TimeUnit.MILLISECONDS), () -> said(log));
    }
  }

  private String said(String log) {
    try {
      return Files.readString(folder.resolve(log));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A process with the class path of this one that finds the application as this one would. */
  private String start(String log) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // most of its time such a process starts
    line.addAll(List.of("-Xmx1500m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    System.getProperties()
        .forEach(
            (name, value) -> {
              String key = name.toString();
              if (key.startsWith("quarkus") || key.startsWith("maven") || key.equals("basedir")) {
                line.add("-D" + key + "=" + value);
              }
            });
    settings.forEach((name, value) -> line.add("-D" + name + "=" + value));
    line.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    // with a database of its own nobody else runs, so that what was picked is free at once
    line.add("-Datelier.database.embedded=true");
    line.add("-D" + RoundProcess.NOTES + "=" + notes());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(RoundProcess.class.getName());
    process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile())
            .start();
    return log;
  }
}
