package org.atelier.platform;

import java.util.UUID;

/**
 * A project as pages and addresses name it.
 *
 * @param slug unique lower-case name in addresses, {@code [a-z0-9-]{1,63}}
 */
public record ProjectRef(UUID id, String slug, String name) {}
