package org.atelier.dataset.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.atelier.dataset.catalog.ItemQuery;

/** Writes searches into addresses. */
final class Addresses {

  private Addresses() {}

  /** The query's parameters, each beginning with an ampersand; empty ones left out. */
  static String of(ItemQuery query) {
    return part("q", query.text())
        + part("label", query.label())
        + part("key", query.metadataKey())
        + part("value", query.metadataValue());
  }

  private static String part(String name, String value) {
    return value.isEmpty()
        ? ""
        : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
