package org.atelier.platform.web;

import java.util.UUID;

/** SPI: a bean that knows of news behind one place of a project's rail. Asked on every page. */
public interface PlaceNews {

  /** The place's path below the project: {@code /work}. */
  String path();

  /** How much is new for the person; 0 shows nothing. */
  int count(UUID projectId, UUID personId);
}
