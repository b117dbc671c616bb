package org.atelier.dataset.catalog;

/**
 * What to look for in a version; empty fields do not limit. All conditions hold together.
 *
 * @param text beginning of the external id, or words of the text, all of them, of which the last
 *     may be a beginning (case does not matter)
 * @param label a known label
 * @param metadataKey key that must be there, with the value when one is given
 * @param metadataValue exact value of the key, as text
 */
public record ItemQuery(String text, String label, String metadataKey, String metadataValue) {

  public static final ItemQuery ALL = new ItemQuery("", "", "", "");

  public ItemQuery {
    text = text == null ? "" : text.strip();
    label = label == null ? "" : label.strip();
    metadataKey = metadataKey == null ? "" : metadataKey.strip();
    metadataValue = metadataValue == null ? "" : metadataValue.strip();
  }

  public boolean isEmpty() {
    return text.isEmpty() && label.isEmpty() && metadataKey.isEmpty();
  }
}
