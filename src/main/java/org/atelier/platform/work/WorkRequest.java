package org.atelier.platform.work;

import java.util.UUID;

/**
 * Machine work to be done.
 *
 * @param projectId owner, null for the installation's own housekeeping
 * @param kind a {@link WorkHandler#kind()}
 * @param subjectId what it works on, shown as a link where known
 * @param title sentence for the list: {@code Import "Summer 2026"}
 * @param payload JSON-able record for the handler
 */
public record WorkRequest(
    UUID projectId, String kind, UUID subjectId, String title, Object payload) {}
