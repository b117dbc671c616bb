/**
 * The queue: tasks, leases, answers and the labels they become. Owns {@code labeling.task}, {@code
 * lease}, {@code answer}, {@code label}, {@code suggestion} and {@code question}.
 *
 * <p>Lock order everywhere: task before lease before answer before label.
 */
package org.atelier.labeling.queue;
