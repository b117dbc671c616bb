package org.atelier.operations.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Measures claim and submit over HTTP against the packaged application and the PostgreSQL it brings
 * (fsync on), with few and with many open tasks. 64 people signed in by the form work as the work
 * page does: 100 answers a second by a fixed timetable (a late answer counts from when it was due),
 * then as fast as they can, beside the same claim and the same writes over bare JDBC.
 *
 * <p>Arguments: folder that does not exist yet, seconds of the timetable (30), most answers of a
 * saturated run (8000), numbers of open tasks (10000 1000000).
 */
final class QueueLoadBench {

  private static final int PEOPLE = 64;
  private static final int RATE = 100;
  private static final int WARM_UP = 6_000;
  private static final int MOST_SECONDS = 20;
  private static final int CONNECTIONS = 24;

  private final PrintStream out;
  private final int seconds;
  private final int most;
  private final DataSource source;
  private final SeededQueue seeded;
  private final List<Labeler> labelers = new ArrayList<>();
  private final List<UUID> people = new ArrayList<>();
  private final List<String> table = new ArrayList<>();

  private QueueLoadBench(
      PrintStream out, int seconds, int most, DataSource source, SeededQueue seeded) {
    this.out = out;
    this.seconds = seconds;
    this.most = most;
    this.source = source;
    this.seeded = seeded;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
    int most = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8_000;
    List<Integer> sizes = new ArrayList<>();
    for (int at = 3; at < arguments.length; at++) {
      sizes.add(Integer.parseInt(arguments[at]));
    }
    if (sizes.isEmpty()) {
      sizes.addAll(List.of(10_000, 1_000_000));
    }
    if (Files.exists(folder.resolve("data"))) {
      throw new IllegalArgumentException(folder + " holds data already; name a new folder.");
    }
    List<String> options = new ArrayList<>(List.of("-Xmx1500m"));
    if (System.getProperty("server.options") != null) {
      options.addAll(List.of(System.getProperty("server.options").split(" ")));
    }
    try (PackagedApplication application =
        PackagedApplication.start(PackagedApplication.builtJar(), folder, options, Map.of())) {
      DataSource source = application.embeddedDatabase();
      int items = sizes.stream().mapToInt(Integer::intValue).max().getAsInt();
      QueueLoadBench bench =
          new QueueLoadBench(System.out, seconds, most, source, new SeededQueue(source, items));
      bench.run(application, sizes);
    }
  }

  private void run(PackagedApplication application, List<Integer> sizes) throws Exception {
    say("signing %d people in", PEOPLE);
    for (String email : seeded.people(PEOPLE)) {
      labelers.add(new Labeler(application.port(), email));
      people.add(seeded.personId(email));
    }
    int written = 0;
    for (int size : sizes) {
      say("writing %,d items and tasks", size);
      seeded.writeItems(written, Math.max(written, size));
      written = Math.max(written, size);
      if (table.isEmpty()) {
        warmUp(application, Math.min(size, 2 * WARM_UP));
      }
      measure(application, size);
    }
    for (Labeler labeler : labelers) {
      labeler.close();
    }
    table.forEach(out::println);
  }

  private void warmUp(PackagedApplication application, int tasks) throws Exception {
    say("warming up");
    UUID job = seeded.job(tasks);
    seeded.settle();
    open(job);
    new Saturation(application, WARM_UP, MOST_SECONDS).overHttp(labelers);
  }

  private void measure(PackagedApplication application, int size) throws Exception {
    boolean large = size > 5 * most;
    UUID job = seeded.job(size);
    seeded.settle();
    open(job);
    say("%,d open tasks: %d answers/s for %d s", size, RATE, seconds);
    Timetable timetable = new Timetable(RATE, seconds);
    long before = application.processorMillis();
    int kept = timetable.run(labelers);
    long processor = application.processorMillis() - before;
    check(job, kept);
    UUID http = large ? job : seeded.job(size);
    if (!large) {
      seeded.settle();
      open(http);
    }
    say("%,d open tasks: as fast as possible over HTTP", size);
    Saturation.Rate overHttp = new Saturation(application, most, MOST_SECONDS).overHttp(labelers);
    check(http, large ? kept + overHttp.answers() : overHttp.answers());
    UUID raw = large ? job : seeded.job(size);
    seeded.settle();
    say("%,d open tasks: as fast as possible over JDBC", size);
    Saturation.Rate overJdbc =
        new Saturation(application, most, MOST_SECONDS).overJdbc(source, raw, people, CONNECTIONS);
    report(size, timetable, kept, processor, overHttp, overJdbc);
  }

  private void open(UUID job) throws IOException {
    for (Labeler labeler : labelers) {
      labeler.open(job);
    }
  }

  /** Every acknowledged answer is there once, and no task was in two hands. */
  private void check(UUID job, int acknowledged) throws Exception {
    long doubled =
        seeded.count(
            """
            select count(*) from (select task_id from labeling.lease
              where job_id = ? and state in ('ACTIVE', 'ANSWERED')
              group by task_id having count(*) > 1) as doubled
            """,
            job);
    long kept =
        seeded.count(
            "select count(distinct task_id) from labeling.answer where job_id = ? and not surplus",
            job);
    long rows = seeded.count("select count(*) from labeling.answer where job_id = ?", job);
    if (doubled != 0 || kept != acknowledged || rows != acknowledged) {
      throw new IllegalStateException(
          "%d tasks leased twice; %d answers acknowledged, %d kept on %d tasks"
              .formatted(doubled, acknowledged, rows, kept));
    }
  }

  private void report(
      int size,
      Timetable timetable,
      int kept,
      long processor,
      Saturation.Rate overHttp,
      Saturation.Rate overJdbc) {
    if (table.isEmpty()) {
      table.add("");
      table.add(
          "| open tasks | what | answers/s | p50 ms | p95 ms | p99 ms | worst ms | of JDBC |");
      table.add("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    }
    String rate = String.format(Locale.ROOT, "%.1f", kept / (double) seconds);
    String label = String.format(Locale.ROOT, "| %,d | ", size);
    table.add(
        label + "submit, from when it was due | " + rate + " | " + timetable.submits() + " | |");
    table.add(label + "claim of the next items | | " + timetable.claims() + " | |");
    table.add(label + "submit and, when due, claim | " + rate + " | " + timetable.both() + " | |");
    table.add(
        String.format(
            Locale.ROOT,
            "%ssaturated over HTTP | %.0f | %s | %.0f %% |",
            label,
            overHttp.perSecond(),
            overHttp.latencies().cells(),
            100 * overHttp.perSecond() / overJdbc.perSecond()));
    table.add(
        String.format(
            Locale.ROOT,
            "%ssaturated over JDBC | %.0f | %s | |",
            label,
            overJdbc.perSecond(),
            overJdbc.latencies().cells()));
    say(
        "%d answers by the timetable, %.1f ms of the server's processor time each; no task leased"
            + " twice, every acknowledged answer kept once",
        kept, processor / (double) Math.max(1, kept));
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
