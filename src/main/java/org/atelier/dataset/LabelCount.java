package org.atelier.dataset;

/**
 * How often a known label occurs.
 *
 * @param count items that have the label
 */
public record LabelCount(String label, int count) {}
