/**
 * Simulated labelers: marked accounts that answer a job's tasks through the real queue from the
 * known labels, with a chosen error rate, so that people can see the loop move before they pay for
 * answers.
 */
package org.atelier.home.simulation;
