package org.atelier.labeling.consolidation;

import java.util.List;
import java.util.Optional;

/** The methods there are, by name. */
public final class ConsolidationMethods {

  private static final List<ConsolidationMethod> ALL =
      List.of(new MajorityVote(), new DawidSkene());

  private ConsolidationMethods() {}

  /** All methods, the simplest first. */
  public static List<ConsolidationMethod> all() {
    return ALL;
  }

  /** The method of that name, empty when there is none. */
  public static Optional<ConsolidationMethod> named(String name) {
    return ALL.stream().filter(method -> method.name().equals(name)).findFirst();
  }
}
