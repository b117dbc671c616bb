package org.atelier.learning.numeric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether this machine's processor can run the native numeric library that was built in. The
 * library itself would end the process at its first use where it cannot.
 */
public final class Processor {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final String LIBRARY =
      "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-%s/libnd4jcpu.so";

  /** Flag of the processor that each build of the library needs. */
  private static final Map<String, String> NEEDED = Map.of("avx2", "avx2", "avx512", "avx512f");

  private static final Optional<String> LACKING = read();

  private Processor() {}

  /**
   * Returns why nothing can be trained here, in one sentence with the way out; empty when it can be
   * or where the system does not describe its processor as Linux does.
   */
  public static Optional<String> lacking() {
    return LACKING;
  }

  private static Optional<String> read() {
    ClassLoader classes = Processor.class.getClassLoader();
    Set<String> built =
        NEEDED.keySet().stream()
            .filter(build -> classes.getResource(LIBRARY.formatted(build)) != null)
            .collect(Collectors.toSet());
    try {
      return built.isEmpty() || !Files.isReadable(DESCRIPTION)
          ? Optional.empty()
          : lacking(built, Files.readString(DESCRIPTION));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * As {@link #lacking()}.
   *
   * @param builds builds of the library on the class path; one that can run is enough
   * @param description the text of {@code /proc/cpuinfo}
   */
  static Optional<String> lacking(Set<String> builds, String description) {
    Set<String> flags =
        description
            .lines()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(
                line -> Set.copyOf(Arrays.asList(line.replaceFirst(".*?:", "").strip().split(" "))))
            .orElse(Set.of());
    boolean fits = flags.isEmpty() || builds.stream().map(NEEDED::get).anyMatch(flags::contains);
    return fits
        ? Optional.empty()
        : Optional.of(
            "The processor of this machine lacks %s, which the numeric library built in needs. Build with -Dnd4j.classifier=linux-x86_64, or give a virtual machine its host's processor."
                .formatted(
                    String.join(" and ", builds.stream().map(NEEDED::get).sorted().toList())));
  }
}
