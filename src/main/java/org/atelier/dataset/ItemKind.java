package org.atelier.dataset;

/** What the items of a dataset are; all items of one dataset are of one kind. */
public enum ItemKind {
  /** One or several pictures of one thing. */
  IMAGE,
  /** A plain text. */
  TEXT
}
