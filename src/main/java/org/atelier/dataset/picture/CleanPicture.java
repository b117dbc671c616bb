package org.atelier.dataset.picture;

/**
 * A picture that may be stored and shown.
 *
 * @param bytes the encoded picture
 * @param mediaType {@code image/jpeg}, {@code image/png} or {@code image/webp}
 * @param width pixels as shown
 * @param height pixels as shown
 */
public record CleanPicture(byte[] bytes, String mediaType, int width, int height) {}
