/**
 * Turns several people's answers to one item into one label with a confidence, and says how well
 * each worker agrees with the outcome. Pure: no clock, no chance, no storage.
 *
 * <p>Symbols: N items, K classes, W workers, A answers.
 */
package org.atelier.labeling.consolidation;
