package org.atelier.platform;

import java.util.UUID;

/**
 * A signed-in person.
 *
 * @param administrator whether this person administers the installation; that alone gives no right
 *     to read a project's items
 */
public record Person(UUID id, String email, String displayName, boolean administrator) {}
