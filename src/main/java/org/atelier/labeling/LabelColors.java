package org.atelier.labeling;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The twelve label colours that people with any colour vision can tell apart: each differs from
 * every other in lightness. A page shows the shade that suits its theme.
 */
final class LabelColors {

  /** A colour with its name, as it is stored and chosen. */
  record Swatch(int index, String name, String value) {}

  /** In the order in which labels get them by themselves. */
  static final List<Swatch> ALL =
      List.of(
          new Swatch(0, "blue", "#3B6CD4"),
          new Swatch(1, "rust", "#B13503"),
          new Swatch(2, "navy", "#2537A0"),
          new Swatch(3, "pink", "#C56C9D"),
          new Swatch(4, "violet", "#8852A4"),
          new Swatch(5, "moss", "#273A05"),
          new Swatch(6, "brown", "#684033"),
          new Swatch(7, "berry", "#981D5D"),
          new Swatch(8, "sand", "#927446"),
          new Swatch(9, "slate", "#325D7D"),
          new Swatch(10, "plum", "#621775"),
          new Swatch(11, "green", "#249173"));

  private LabelColors() {}

  /** The place of a stored colour among the twelve; empty for another colour or none. */
  static OptionalInt index(String color) {
    return IntStream.range(0, ALL.size())
        .filter(at -> ALL.get(at).value().equalsIgnoreCase(String.valueOf(color)))
        .findFirst();
  }

  /** The place among the twelve that a label is shown with; empty when it has a colour beyond. */
  static OptionalInt shown(String color, int position) {
    return color == null ? OptionalInt.of(position % ALL.size()) : index(color);
  }

  /** A colour as people write it: one of the names, or {@code #RRGGBB}. */
  static Optional<String> named(String text) {
    return ALL.stream()
        .filter(swatch -> swatch.name().equalsIgnoreCase(text.strip()))
        .map(Swatch::value)
        .findFirst();
  }
}
