/**
 * Reads datasets from files, row by row with bounded memory. Pure: knows files and records, neither
 * the database nor pictures' insides. A row that is wrong is refused and reading goes on; only what
 * makes the rest meaningless ends it, with an error that names file and place.
 */
package org.atelier.dataset.format;
