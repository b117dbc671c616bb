/**
 * Labeling jobs: what is to be labeled by whom, the queue of tasks, leases and answers, and the
 * labels people's answers become. Owns the schema {@code labeling}. May use platform, workforce,
 * dataset.
 */
package org.atelier.labeling;
