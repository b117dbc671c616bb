/**
 * Writes dataset versions with labels in the forms that other tools read, streamed from one
 * consistent state of the database. Public types are for the other parts of the feature only.
 */
package org.atelier.dataset.export;
