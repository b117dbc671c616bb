package org.atelier.learning.loop;

/**
 * What the watch over accepted labels wants done.
 *
 * @param asks rows to send to people
 * @param reopened rows whose machine labels are withdrawn
 * @param withdrawnWhy why the certificate is withdrawn, in words; null while it stands
 */
record WatchTurn(int[] asks, int[] reopened, String withdrawnWhy) {}
