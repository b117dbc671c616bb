package org.atelier.dataset.catalog;

/** A stored picture about to become known to a project. */
public record NewPicture(String sha256, String mediaType, long size, int width, int height) {}
