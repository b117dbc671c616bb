package org.atelier.learning.sampling;

/**
 * What a strategy chose.
 *
 * @param items chosen item numbers, most wanted first
 * @param scores the strategy's score of each, same order; more is more wanted
 */
public record Selection(int[] items, double[] scores) {}
