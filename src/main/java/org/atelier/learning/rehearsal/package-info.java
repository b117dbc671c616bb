/**
 * Simulation before one pays: a whole campaign with simulated people on a dataset whose labels are
 * known, run by the very engine that runs jobs. Owns the table {@code learning.rehearsal}.
 */
package org.atelier.learning.rehearsal;
