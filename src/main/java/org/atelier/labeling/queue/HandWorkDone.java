package org.atelier.labeling.queue;

import java.util.UUID;

/**
 * People have labelled every item of a job that runs by hand: all is asked, nothing is open or
 * declined, and no answer can be undone any more. Fired as a CDI event inside the claim that found
 * it; may be fired again.
 */
public record HandWorkDone(UUID projectId, UUID jobId) {}
