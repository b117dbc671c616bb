/**
 * The database Atelier brings along when none is configured: unpacking, creating, recovering,
 * starting and stopping a PostgreSQL server inside the data directory.
 */
package org.atelier.platform.database;
