package org.atelier.platform.storage;

/**
 * How much the installation keeps.
 *
 * @param objects number of stored objects
 * @param objectBytes their sizes together
 * @param databaseBytes size of the database with its indexes
 * @param freeBytes what still fits beside the objects, -1 when nobody limits it
 */
public record StorageUsage(long objects, long objectBytes, long databaseBytes, long freeBytes) {}
