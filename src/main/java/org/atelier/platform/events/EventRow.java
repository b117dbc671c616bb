package org.atelier.platform.events;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A committed event.
 *
 * @param id names the event; ids need not grow from one event of the feed to the next
 */
record EventRow(
    long id,
    OffsetDateTime at,
    UUID projectId,
    String type,
    UUID subjectId,
    @JsonRawValue String payload) {}
