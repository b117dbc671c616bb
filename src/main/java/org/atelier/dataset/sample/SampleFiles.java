package org.atelier.dataset.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.atelier.platform.Sha256;

/** Writes sample files so that the same content always gives the same bytes. */
final class SampleFiles {
  static final String SUMS = "SHA256SUMS";

  private static final LocalDateTime STAMP = LocalDateTime.of(2026, 11, 23, 0, 0);

  private SampleFiles() {}

  /** Adds an entry without compression and with a fixed time. */
  static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(STAMP);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  static void lines(Path file, List<String> lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
  }

  /** Writes {@code SHA256SUMS} over the named files, as {@code sha256sum --check} reads it. */
  static void sums(Path folder, List<String> names) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(Sha256.of(folder.resolve(name))).append("  ").append(name).append('\n');
    }
    Files.writeString(folder.resolve(SUMS), text.toString(), StandardCharsets.UTF_8);
  }
}
