package org.atelier.platform.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.atelier.platform.Sha256;
import org.atelier.platform.storage.Blob;
import org.atelier.platform.storage.BlobMissingException;
import org.atelier.platform.storage.ObjectStore;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes a backup: a ZIP file with every table as COPY writes it, out of one snapshot, every stored
 * object, and a manifest at the end. Objects never change and are stored before the transaction
 * that names them commits, so listing them after the snapshot began misses none.
 */
final class BackupWriter {

  static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private static final int BUFFER = 1 << 20;
  private static final int REPORT_EVERY = 10_000;

  private final Connection connection;
  private final ObjectStore store;
  private final Path keys;
  private final Consumer<String> progress;

  /**
   * @param connection used alone, without a transaction
   * @param keys folder of the keys, null to leave them out
   */
  BackupWriter(Connection connection, ObjectStore store, Path keys, Consumer<String> progress) {
    this.connection = connection;
    this.store = store;
    this.keys = keys;
    this.progress = progress;
  }

  Manifest write(OutputStream target, Clock clock) throws IOException, SQLException {
    UnfinishedRestore.require(connection);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(target, BUFFER), StandardCharsets.UTF_8)) {
      String schemaVersion = schemaVersion();
      String serverVersion =
          Sql.list(connection, "show server_version", row -> row.getString(1)).get(0);
      List<Manifest.Table> tables = writeTables(zip);
      List<Manifest.Sequence> sequences =
          Sql.list(
              connection,
              """
              select schemaname, sequencename, last_value from pg_sequences s
              join pg_namespace n on n.nspname = s.schemaname where\s\
              """
                  + Sql.OUR_SCHEMAS
                  + " order by 1, 2",
              row ->
                  new Manifest.Sequence(
                      row.getString(1), row.getString(2), row.getObject(3, Long.class)));
      connection.commit();
      List<String> keyNames = writeKeys(zip);
      List<String> missing = new ArrayList<>();
      long[] sums = writeObjects(zip, missing);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              clock.instant(),
              schemaVersion,
              serverVersion,
              tables,
              sequences,
              sums[0],
              sums[1],
              missing,
              keyNames);
      zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
      zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      zip.closeEntry();
      return manifest;
    }
  }

  private String schemaVersion() throws SQLException {
    List<String> versions =
        Sql.list(
            connection,
            """
            select version from public.flyway_schema_history
            where success and version is not null order by installed_rank desc limit 1\
            """,
            row -> row.getString(1));
    if (versions.isEmpty()) {
      throw new BackupException("There is nothing to back up: the database holds no Atelier.");
    }
    return versions.get(0);
  }

  private List<Manifest.Table> writeTables(ZipOutputStream zip) throws SQLException, IOException {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    List<Manifest.Table> tables = new ArrayList<>();
    for (Manifest.Table table : tables()) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry(table.entry()));
      MessageDigest digest = Sha256.create();
      long rows =
          copies.copyOut(
              "copy " + table.target() + " to stdout",
              new DigestOutputStream(new KeptOpen(zip), digest));
      zip.closeEntry();
      tables.add(
          new Manifest.Table(table.schema(), table.name(), table.columns(), rows, text(digest)));
      progress.accept(
          String.format(Locale.ENGLISH, "%s.%s: %,d rows", table.schema(), table.name(), rows));
    }
    return tables;
  }

  private List<Manifest.Table> tables() throws SQLException {
    return Sql.list(
        connection,
        """
        select n.nspname, c.relname,
          array_agg(a.attname::text order by a.attnum)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = ''
        where c.relkind = 'r' and\s\
        """
            + Sql.OUR_SCHEMAS
            + " group by 1, 2 order by 1, 2",
        row ->
            new Manifest.Table(
                row.getString(1),
                row.getString(2),
                Arrays.asList((String[]) row.getArray(3).getArray()),
                0,
                null));
  }

  private List<String> writeKeys(ZipOutputStream zip) throws IOException {
    if (keys == null || !Files.isDirectory(keys)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(keys)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        names.add(file.getFileName().toString());
        zip.putNextEntry(new ZipEntry("keys/" + file.getFileName()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return names;
  }

  /** Pictures are compressed already: they are only packed. */
  private long[] writeObjects(ZipOutputStream zip, List<String> missing) throws IOException {
    List<Blob> blobs = new ArrayList<>();
    store.list(blobs::add);
    Path list = Files.createTempFile("atelier-objects", ".tsv");
    try {
      long[] written;
      try (Writer lines = Files.newBufferedWriter(list)) {
        written = writeObjects(zip, blobs, lines, missing);
      }
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry("objects.tsv"));
      Files.copy(list, zip);
      zip.closeEntry();
      return written;
    } finally {
      Files.delete(list);
    }
  }

  private long[] writeObjects(
      ZipOutputStream zip, List<Blob> blobs, Writer list, List<String> missing) throws IOException {
    long count = 0;
    long bytes = 0;
    zip.setLevel(Deflater.NO_COMPRESSION);
    for (Blob blob : blobs) {
      try (InputStream in = store.open(blob.sha256())) {
        zip.putNextEntry(new ZipEntry("objects/" + blob.sha256()));
        in.transferTo(zip);
        zip.closeEntry();
      } catch (BlobMissingException e) {
        missing.add(blob.sha256());
        continue;
      }
      list.write(blob.sha256() + '\t' + blob.mediaType() + '\n');
      count++;
      bytes += blob.size();
      if (count % REPORT_EVERY == 0) {
        progress.accept(String.format(Locale.ENGLISH, "%,d objects", count));
      }
    }
    progress.accept(String.format(Locale.ENGLISH, "%,d objects, %,d bytes", count, bytes));
    return new long[] {count, bytes};
  }

  static String text(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
