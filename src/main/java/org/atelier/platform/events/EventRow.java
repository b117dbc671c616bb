package org.atelier.platform.events;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A committed event.
 *
 * @param id grows with the order of writing; later transactions can commit smaller ids, so readers
 *     see only events older than every open transaction
 */
record EventRow(
    long id,
    OffsetDateTime at,
    UUID projectId,
    String type,
    UUID subjectId,
    @JsonRawValue String payload) {}
