package org.atelier.dataset;

/**
 * One picture of an item (front, back, detail).
 *
 * @param name unique within the item, never blank
 * @param sha256 digest of the stored, cleaned bytes, for {@link Pictures} and for addresses
 * @param width pixels, as shown (after rotation)
 * @param height pixels, as shown
 */
public record ViewRef(String name, String sha256, int width, int height) {}
