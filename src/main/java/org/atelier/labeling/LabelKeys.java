package org.atelier.labeling;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which keys labels may have on the work page. */
final class LabelKeys {

  /** What the work page uses itself: undo, skip, question, zoom, view, why, and so on. */
  private static final Set<String> COMMANDS =
      Set.of("u", "s", "q", "z", "v", "w", "i", "d", "/", "?", "-");

  private static final String OFFERED = "1234567890abcdefghijklmnopqrstuvwxyz";

  private LabelKeys() {}

  /** Whether the work page does something else when the key is pressed, in either case. */
  static boolean isCommand(String key) {
    return COMMANDS.contains(key.toLowerCase(Locale.ROOT));
  }

  /** A sentence naming digits and letters that neither the work page nor one of the labels has. */
  static String free(Collection<LabelDefinition> labels) {
    Set<String> taken =
        labels.stream()
            .map(LabelDefinition::shortcut)
            .filter(key -> key != null)
            .map(key -> key.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    String free =
        OFFERED
            .codePoints()
            .mapToObj(Character::toString)
            .filter(key -> !COMMANDS.contains(key) && !taken.contains(key))
            .collect(Collectors.joining(" "));
    return free.isEmpty() ? "No digit or letter is free." : "Free keys: " + free + ".";
  }
}
