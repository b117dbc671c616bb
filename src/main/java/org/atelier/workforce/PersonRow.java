package org.atelier.workforce;

import java.time.OffsetDateTime;
import java.util.UUID;

/** A person as stored. */
record PersonRow(
    UUID id,
    String email,
    String displayName,
    boolean administrator,
    boolean simulated,
    String passwordHash,
    boolean mustChangePassword,
    int failedSignIns,
    OffsetDateTime lockedUntil,
    OffsetDateTime disabledAt) {}
