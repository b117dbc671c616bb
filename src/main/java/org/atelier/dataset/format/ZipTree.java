package org.atelier.dataset.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * A ZIP archive read in place, nothing is unpacked to disk. Entries that lead out of the archive
 * ({@code ../}, absolute names), links and encrypted entries are refused one by one; an archive
 * that looks like a bomb is refused as a whole, and every entry is held to its declared size while
 * it is read.
 */
public final class ZipTree implements FileTree {

  /**
   * What an archive may hold.
   *
   * @param mostEntries entries
   * @param mostBytes unpacked bytes of all entries
   * @param mostEntryBytes unpacked bytes of one entry
   * @param greatestRatio unpacked to packed bytes of one entry larger than 1 MiB
   */
  public record Limits(int mostEntries, long mostBytes, long mostEntryBytes, int greatestRatio) {

    /** 2 million entries, 200 GiB in all, 2 GiB and 200 : 1 an entry. */
    public static final Limits DEFAULT = new Limits(2_000_000, 200L << 30, 2L << 30, 200);
  }

  private static final long RATIO_FROM = 1 << 20;

  /** The others, such as Zstandard, need more than is on board. */
  private static final Set<ZipMethod> UNPACKED =
      EnumSet.of(
          ZipMethod.STORED,
          ZipMethod.DEFLATED,
          ZipMethod.ENHANCED_DEFLATED,
          ZipMethod.BZIP2,
          ZipMethod.UNSHRINKING,
          ZipMethod.IMPLODING);

  private final String name;
  private final ZipFile zip;
  private final Map<String, ZipArchiveEntry> entries = new TreeMap<>();
  private final List<String> files;
  private final Set<String> hidden = new TreeSet<>();
  private final List<Refused> refused = new ArrayList<>();

  /**
   * Opens an archive and checks its directory.
   *
   * @throws UnreadableSourceException when it is damaged or breaks a limit
   */
  public ZipTree(Path file, String name, Limits limits) throws IOException {
    this.name = name;
    try {
      this.zip = ZipFile.builder().setPath(file).get();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableSourceException(
          name + ": not a readable ZIP archive (truncated or damaged): " + e.getMessage(), e);
    }
    try {
      list(limits);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
    this.files = List.copyOf(entries.keySet());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> files() {
    return files;
  }

  @Override
  public List<Refused> refused() {
    return Collections.unmodifiableList(refused);
  }

  @Override
  public List<String> hidden() {
    return List.copyOf(hidden);
  }

  @Override
  public long size(String file) {
    ZipArchiveEntry entry = entries.get(file);
    return entry == null ? -1 : entry.getSize();
  }

  @Override
  public InputStream open(String file) throws IOException {
    ZipArchiveEntry entry = entries.get(file);
    if (entry == null) {
      throw new NoSuchFileException(file);
    }
    return new Held(zip.getInputStream(entry), file, entry.getSize());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void list(Limits limits) throws UnreadableSourceException {
    long total = 0;
    int count = 0;
    for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
      count++;
      if (count > limits.mostEntries()) {
        throw tooMuch("more than %,d entries".formatted(limits.mostEntries()));
      }
      total += Math.max(entry.getSize(), 0);
      if (total > limits.mostBytes()) {
        throw tooMuch("more than %,d bytes when unpacked".formatted(limits.mostBytes()));
      }
      checkRatio(entry, limits);
      String reason = reason(entry, limits);
      if (reason != null) {
        refused.add(new Refused(entry.getName(), reason));
      } else if (!entry.isDirectory()) {
        keep(plain(entry.getName()), entry);
      }
    }
  }

  private void keep(String file, ZipArchiveEntry entry) {
    if (file.startsWith("__MACOSX/")) {
      return;
    }
    if (Litter.isHidden(file)) {
      hide(file);
    } else if (entries.putIfAbsent(file, entry) != null) {
      refused.add(new Refused(entry.getName(), "The archive has two entries of this name"));
    }
  }

  /** A hidden folder stands for all that is in it. */
  private void hide(String file) {
    int dot = ("/" + file).indexOf("/.");
    int end = file.indexOf('/', dot);
    String name = end < 0 ? file : file.substring(0, end + 1);
    if (!Litter.is(file)) {
      hidden.add(name);
    }
  }

  /** Without parts that say "here", which some programs write. */
  private static String plain(String entry) {
    String file = entry;
    while (file.startsWith("./")) {
      file = file.substring(2);
    }
    return file.replaceAll("(/\\.)+/", "/");
  }

  private void checkRatio(ZipArchiveEntry entry, Limits limits) throws UnreadableSourceException {
    long packed = Math.max(entry.getCompressedSize(), 1);
    if (entry.getSize() > RATIO_FROM && entry.getSize() / packed > limits.greatestRatio()) {
      throw tooMuch(
          "an entry (%s) that unpacks %,d bytes to %,d"
              .formatted(entry.getName(), packed, entry.getSize()));
    }
  }

  private UnreadableSourceException tooMuch(String what) {
    return new UnreadableSourceException(
        name + ": refused, because the archive has " + what + " (it looks like a ZIP bomb)");
  }

  private String reason(ZipArchiveEntry entry, Limits limits) {
    if (entry.isUnixSymlink()) {
      return "Links are not followed";
    }
    if (leadsOut(entry.getName())) {
      return "The name leads out of the archive";
    }
    if (entry.getSize() > limits.mostEntryBytes()) {
      return "The file has more than %,d bytes".formatted(limits.mostEntryBytes());
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      return "The file is encrypted";
    }
    boolean unpacked =
        UNPACKED.contains(ZipMethod.getMethodByCode(entry.getMethod()))
            && zip.canReadEntryData(entry);
    if (!entry.isDirectory() && (entry.getSize() < 0 || !unpacked)) {
      return "The file is packed in a way that cannot be read";
    }
    return null;
  }

  static boolean leadsOut(String entry) {
    String path = entry.replace('\\', '/');
    if (path.startsWith("/") || path.indexOf('\0') >= 0 || path.matches("[A-Za-z]:.*")) {
      return true;
    }
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** Ends the reading of an entry that is longer or shorter than its directory says. */
  private static final class Held extends FilterInputStream {

    private final String file;
    private long left;

    private Held(InputStream in, String file, long size) {
      super(in);
      this.file = file;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int read = in.read(target, offset, count);
      left -= Math.max(read, 0);
      if (left < 0 || read < 0 && left > 0) {
        throw new ZipException(file + " does not have the size that the archive says");
      }
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = 0;
      byte[] buffer = new byte[4096];
      while (skipped < count) {
        int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
        if (read < 0) {
          break;
        }
        skipped += read;
      }
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
