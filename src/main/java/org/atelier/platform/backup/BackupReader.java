package org.atelier.platform.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.atelier.platform.Sha256;
import org.atelier.platform.storage.Blob;
import org.atelier.platform.storage.BlobBatch;
import org.atelier.platform.storage.ObjectStore;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Brings a backup back into an empty database: makes the tables as they were then, fills them in
 * one transaction, stores the objects, and only then brings the tables up to this version.
 */
final class BackupReader {

  private static final int REPORT_EVERY = 10_000;

  private final Path file;
  private final Consumer<String> progress;

  BackupReader(Path file, Consumer<String> progress) {
    this.file = file;
    this.progress = progress;
  }

  /**
   * @param keys folder for the keys in the backup, null when they are given by configuration
   * @throws BackupException when the file is damaged, of a later version, or the database not empty
   */
  Manifest restore(DataSource target, ObjectStore store, Path keys)
      throws IOException, SQLException {
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      Manifest manifest = manifest(zip);
      clearUnfinished(target);
      requireEmpty(target);
      UnfinishedRestore.mark(target, file.getFileName().toString());
      boolean done = false;
      try {
        migrate(target, manifest.schemaVersion());
        fill(target, zip, manifest);
        storeObjects(zip, manifest, store);
        restoreKeys(zip, manifest, keys);
        migrate(target, null);
        UnfinishedRestore.unmark(target);
        done = true;
      } finally {
        if (!done) {
          empty(target);
        }
      }
      return manifest;
    } catch (ZipException e) {
      throw new BackupException(file + " is no backup, or cut off: " + e.getMessage(), e);
    }
  }

  private Manifest manifest(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw new BackupException(file + " is no backup, or was not written to its end.");
    }
    Manifest manifest;
    try (InputStream in = zip.getInputStream(entry)) {
      manifest = BackupWriter.JSON.readValue(in, Manifest.class);
    }
    if (manifest.format() != Manifest.FORMAT) {
      throw new BackupException(
          file + " is of format " + manifest.format() + "; this Atelier reads format 1.");
    }
    return manifest;
  }

  /** What an attempt left that was killed is all its own: it marked the database when empty. */
  private void clearUnfinished(DataSource target) throws SQLException {
    if (UnfinishedRestore.in(target)) {
      progress.accept("An earlier restore was cut off: what it left is removed first.");
      empty(target);
    }
  }

  private static void requireEmpty(DataSource target) throws SQLException {
    try (Connection connection = target.getConnection()) {
      List<String> found = ourTables(connection);
      if (!found.isEmpty()) {
        throw new BackupException(
            "The database is not empty: it has the table "
                + found.get(0)
                + (found.size() > 1 ? " and " + (found.size() - 1) + " more" : "")
                + ". A backup is brought back into an empty one only; nothing was changed.");
      }
    }
  }

  private static List<String> ourTables(Connection connection) throws SQLException {
    return Sql.list(
        connection,
        """
        select n.nspname || '.' || c.relname from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
          and n.nspname <> 'information_schema'
        order by 1\
        """,
        row -> row.getString(1));
  }

  /** Up to a version, or to the latest when null. */
  private void migrate(DataSource target, String version) {
    var configuration = Flyway.configure().dataSource(target).defaultSchema("public");
    if (version != null) {
      configuration.target(MigrationVersion.fromVersion(version));
    }
    Flyway flyway = configuration.load();
    boolean known =
        version == null
            || Arrays.stream(flyway.info().all())
                .anyMatch(
                    migration ->
                        migration.getVersion() != null
                            && migration
                                .getVersion()
                                .equals(MigrationVersion.fromVersion(version)));
    if (!known) {
      throw new BackupException(
          file
              + " was taken by a later Atelier (tables of version "
              + version
              + "). Bring it back with that one.");
    }
    flyway.migrate();
  }

  private void fill(DataSource target, ZipFile zip, Manifest manifest)
      throws SQLException, IOException {
    try (Connection connection = target.getConnection()) {
      connection.setAutoCommit(false);
      List<String[]> foreignKeys = dropForeignKeys(connection);
      for (Manifest.Table table : manifest.tables()) {
        Sql.execute(connection, "alter table " + table.quoted() + " disable trigger user");
        Sql.execute(connection, "delete from " + table.quoted());
        copyIn(connection, zip, table);
        Sql.execute(connection, "alter table " + table.quoted() + " enable trigger user");
      }
      for (String[] key : foreignKeys) {
        Sql.execute(connection, "alter table " + key[0] + " add constraint " + key[1] + key[2]);
      }
      for (Manifest.Sequence sequence : manifest.sequences()) {
        if (sequence.value() != null) {
          String name = Sql.quote(sequence.schema()) + "." + Sql.quote(sequence.name());
          Sql.execute(
              connection,
              "select setval(" + Sql.literal(name) + ", " + sequence.value() + ", true)");
        }
      }
      Sql.execute(
          connection,
          "update platform.scheduled_task set picked = false, picked_by = null,"
              + " last_heartbeat = null where picked");
      // transaction numbers count anew in another server; the ids keep the order
      Sql.execute(connection, "update platform.outbox set transaction_id = '3'");
      connection.commit();
    }
  }

  /** Tables may name each other in a circle, so the keys are put back when all are filled. */
  private static List<String[]> dropForeignKeys(Connection connection) throws SQLException {
    List<String[]> keys =
        Sql.list(
            connection,
            """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname),
              quote_ident(k.conname), ' ' || pg_get_constraintdef(k.oid)
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            where k.contype = 'f' and\s\
            """
                + Sql.OUR_SCHEMAS
                + " order by 1, 2",
            row -> new String[] {row.getString(1), row.getString(2), row.getString(3)});
    for (String[] key : keys) {
      Sql.execute(connection, "alter table " + key[0] + " drop constraint " + key[1]);
    }
    return keys;
  }

  private void copyIn(Connection connection, ZipFile zip, Manifest.Table table)
      throws SQLException, IOException {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    MessageDigest digest = Sha256.create();
    long rows;
    try (InputStream in =
        new DigestInputStream(zip.getInputStream(entry(zip, table.entry())), digest)) {
      rows = copies.copyIn("copy " + table.target() + " from stdin", in);
    }
    if (rows != table.rows() || !BackupWriter.text(digest).equals(table.sha256())) {
      throw new BackupException(
          file + " is damaged: " + table.entry() + " is not what was written. Nothing was kept.");
    }
    progress.accept(
        String.format(Locale.ENGLISH, "%s.%s: %,d rows", table.schema(), table.name(), rows));
  }

  private void storeObjects(ZipFile zip, Manifest manifest, ObjectStore store) throws IOException {
    long count = 0;
    InputStream list = zip.getInputStream(entry(zip, "objects.tsv"));
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
        BlobBatch batch = store.batch()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          continue;
        }
        String[] parts = line.split("\t", 2);
        try (InputStream in = zip.getInputStream(entry(zip, "objects/" + parts[0]))) {
          Blob blob = batch.put(in, parts[1]);
          if (!blob.sha256().equals(parts[0])) {
            throw new BackupException(file + " is damaged: object " + parts[0] + " is another.");
          }
        }
        if (++count % REPORT_EVERY == 0) {
          batch.commit();
          progress.accept(String.format(Locale.ENGLISH, "%,d objects", count));
        }
      }
      batch.commit();
    }
    if (count != manifest.objects()) {
      throw new BackupException(file + " is damaged: objects are missing.");
    }
    progress.accept(String.format(Locale.ENGLISH, "%,d objects", count));
  }

  private void restoreKeys(ZipFile zip, Manifest manifest, Path keys) throws IOException {
    if (keys == null) {
      return;
    }
    boolean posix = Files.getFileAttributeView(keys, PosixFileAttributeView.class) != null;
    Files.createDirectories(keys);
    if (posix) {
      Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    }
    for (String name : manifest.keys()) {
      Path path = keys.resolve(Path.of(name).getFileName());
      Files.deleteIfExists(path);
      Files.createFile(path);
      if (posix) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      try (InputStream in = zip.getInputStream(entry(zip, "keys/" + name))) {
        Files.write(path, in.readAllBytes());
      }
    }
  }

  /** It was empty before, so everything in it came from the attempt that failed. */
  private static void empty(DataSource target) throws SQLException {
    try (Connection connection = target.getConnection()) {
      for (String schema :
          Sql.list(
              connection,
              "select quote_ident(n.nspname) from pg_namespace n where " + Sql.OUR_SCHEMAS,
              row -> row.getString(1))) {
        Sql.execute(connection, "drop schema " + schema + " cascade");
      }
      Sql.execute(connection, "drop table if exists public.flyway_schema_history");
    }
  }

  private ZipEntry entry(ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new BackupException(file + " is damaged: " + name + " is missing.");
    }
    return entry;
  }
}
