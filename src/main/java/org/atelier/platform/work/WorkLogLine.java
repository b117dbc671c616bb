package org.atelier.platform.work;

import java.time.Instant;

/** One line of a work's log. */
public record WorkLogLine(long id, Instant at, String line) {}
