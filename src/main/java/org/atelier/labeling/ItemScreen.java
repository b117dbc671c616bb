package org.atelier.labeling;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemRow;

/** An item as a page shows it. */
record ItemScreen(
    UUID id,
    String externalId,
    ItemKind kind,
    String text,
    List<View> views,
    Map<String, Object> metadata) {

  /** One picture with its address. */
  record View(String name, String url, String thumbnail, int width, int height) {}

  /** So many characters of a text tell it from others in a list. */
  private static final int BEGINNING = 160;

  static ItemScreen of(ItemRow item, String slug) {
    return new ItemScreen(
        item.id(),
        item.externalId(),
        item.kind(),
        item.text(),
        item.views().stream()
            .map(
                view ->
                    new View(
                        view.name(),
                        picture(slug, view.sha256()),
                        picture(slug, view.sha256()) + "?size=256",
                        view.width(),
                        view.height()))
            .toList(),
        item.metadata());
  }

  /** Address of a picture of the project. */
  static String picture(String slug, String sha256) {
    return "/p/" + slug + "/blobs/" + sha256;
  }

  /** How the text begins, null for pictures. */
  public String beginning() {
    if (text == null || text.codePointCount(0, text.length()) <= BEGINNING) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, BEGINNING)) + "…";
  }

  /** Address of the first picture in small, null for a text. */
  public String thumbnail() {
    return views.isEmpty() ? null : views.get(0).thumbnail();
  }
}
