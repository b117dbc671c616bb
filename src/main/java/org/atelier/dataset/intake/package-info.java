/**
 * Brings data in: uploads in parts that can be continued, and imports as durable work that
 * continues after a crash without taking anything twice. Public types are for the other parts of
 * the feature only.
 */
package org.atelier.dataset.intake;
