/**
 * One file with everything an installation keeps, taken while it runs, and the way back from it,
 * also into another version of PostgreSQL.
 */
package org.atelier.platform.backup;
