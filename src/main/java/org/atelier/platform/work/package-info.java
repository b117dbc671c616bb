/**
 * Durable machine work: queued in the caller's transaction, run at least once by some node, resumed
 * after crashes, shown with its progress and log. Owns {@code platform.work}, {@code
 * platform.work_log} and {@code platform.scheduled_task}.
 */
package org.atelier.platform.work;
