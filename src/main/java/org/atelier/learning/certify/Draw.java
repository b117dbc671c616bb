package org.atelier.learning.certify;

/**
 * One audit draw.
 *
 * @param position place in the sequence, from 0
 * @param stratum stratum the item was drawn from, from 0 (surest)
 * @param item index of the item in the array of predicted error probabilities
 */
public record Draw(int position, int stratum, int item) {}
