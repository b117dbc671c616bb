package org.atelier.workforce;

import java.time.OffsetDateTime;
import java.util.UUID;

/** A personal access token without its secret, which is kept only as a digest. */
record AccessTokenRow(
    UUID id,
    String name,
    OffsetDateTime createdAt,
    OffsetDateTime lastUsedAt,
    OffsetDateTime expiresAt) {}
