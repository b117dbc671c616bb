package org.atelier.platform.web;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses fields of a request that nobody reads: a misspelt setting would be taken for a missing
 * one, in silence. What Atelier stored itself is read as before, with fields of other versions.
 */
@Provider
class StrictBodies implements ContextResolver<ObjectMapper> {

  private final ObjectMapper strict;

  StrictBodies(ObjectMapper json) {
    strict = json.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  @Override
  public ObjectMapper getContext(Class<?> type) {
    return strict;
  }
}
