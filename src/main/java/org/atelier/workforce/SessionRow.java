package org.atelier.workforce;

import java.time.OffsetDateTime;
import java.util.UUID;

/** A living session or access token together with its person. */
record SessionRow(
    UUID personId,
    String email,
    String displayName,
    boolean administrator,
    boolean mustChangePassword,
    OffsetDateTime lastSeenAt) {}
