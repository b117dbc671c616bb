/**
 * The learning loop of jobs: starts with the job, waits for enough answers, takes a step of the
 * campaign as durable work, and applies what the step decided in one transaction. Owns {@code
 * learning.learner}, {@code learning.step} and {@code learning.round}.
 *
 * <p>A step is <em>planned</em> (everything it will do is kept as one object, with the state after
 * it) and then <em>applied</em>. A crash before planning repeats the computation, a crash between
 * the two applies what was planned, and nothing is applied twice: the transaction moves the
 * learner's step number from n to n + 1.
 */
package org.atelier.learning.loop;
