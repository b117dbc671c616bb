package org.atelier.platform.storage;

/**
 * Stored bytes.
 *
 * @param sha256 lower-case hexadecimal digest of the content, 64 characters
 * @param size bytes
 * @param mediaType type given when first stored
 */
public record Blob(String sha256, long size, String mediaType) {}
