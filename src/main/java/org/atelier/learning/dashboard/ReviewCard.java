package org.atelier.learning.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.ItemRow;

/**
 * An item on a contact sheet.
 *
 * @param picture digest of its first picture, null for a text
 * @param text null for a picture
 * @param human names of the human label, null without one
 * @param machine names of what the machine says
 * @param machineIndex first class index the machine says, 0 when it says none
 * @param score how sure, 0 to 1; null when not known
 * @param groupSize near-duplicates it stands among on the sheet, itself included
 * @param group their {@link #shown}, separated by commas, on the first of several; else null
 * @param shown the item with what the machine says of it, as a form sends it back
 */
public record ReviewCard(
    UUID id,
    String externalId,
    String picture,
    String text,
    String human,
    String machine,
    int machineIndex,
    Double score,
    int groupSize,
    String group,
    String shown) {

  private static final int MOST_TEXT = 280;

  static ReviewCard of(ItemRow item, List<String> names, int[] human, int[] machine, Double score) {
    String text = item.text();
    return new ReviewCard(
        item.id(),
        item.externalId(),
        item.views().isEmpty() ? null : item.views().get(0).sha256(),
        text != null && text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text,
        human == null ? null : words(human, names),
        words(machine, names),
        machine.length == 0 ? 0 : machine[0],
        score,
        1,
        null,
        Shown.of(item.id(), machine).text());
  }

  /** The same among near-duplicates. */
  ReviewCard inGroup(int size, String members) {
    return new ReviewCard(
        id,
        externalId,
        picture,
        text,
        human,
        machine,
        machineIndex,
        score,
        size,
        size > 1 ? members : null,
        shown);
  }

  /** How sure, in words. */
  public String sure() {
    return score == null ? "" : Figures.percent(score);
  }

  private static String words(int[] classes, List<String> names) {
    return classes.length == 0
        ? "none"
        : Arrays.stream(classes).mapToObj(names::get).collect(Collectors.joining(", "));
  }
}
