package org.atelier.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of an earlier major version than the embedded one, for tests. */
public final class OlderPostgres implements AutoCloseable {

  private static final Path PROGRAM = Path.of("target/programs/postgres-older.jar");

  private final PostgresBinaries binaries;
  private final Path cluster;
  private final int port;

  private OlderPostgres(PostgresBinaries binaries, Path cluster, int port) {
    this.binaries = binaries;
    this.cluster = cluster;
    this.port = port;
  }

  public static OlderPostgres start(Path folder) throws IOException {
    byte[] archive;
    try (ZipFile jar = new ZipFile(PROGRAM.toFile());
        InputStream in = jar.getInputStream(jar.getEntry(PostgresBinaries.archiveName()))) {
      archive = in.readAllBytes();
    }
    PostgresBinaries binaries = PostgresBinaries.unpack(Path.of("target/postgres-bin"), archive);
    Path cluster = folder.resolve("older");
    binaries.run(
        List.of(),
        "initdb",
        "--pgdata=" + cluster,
        "--username=owner",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.writeString(
        cluster.resolve("postgresql.conf"),
        "\nport = " + port + "\nunix_socket_directories = ''\nfsync = off\n",
        StandardOpenOption.APPEND);
    binaries.run(
        List.of(),
        "pg_ctl",
        "start",
        "--pgdata=" + cluster,
        "--log=" + folder.resolve("log"),
        "--wait");
    return new OlderPostgres(binaries, cluster, port);
  }

  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    source.setUser("owner");
    return source;
  }

  @Override
  public void close() throws IOException {
    binaries.run(List.of(), "pg_ctl", "stop", "--pgdata=" + cluster, "--mode=immediate");
  }
}
