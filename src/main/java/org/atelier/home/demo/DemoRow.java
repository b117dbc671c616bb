package org.atelier.home.demo;

import java.util.UUID;
import org.atelier.dataset.BundledDatasets.Bundle;

/**
 * One dataset of the demo.
 *
 * @param jobId job made of it, null until it is imported
 */
record DemoRow(UUID datasetId, UUID projectId, Bundle bundle, UUID jobId) {}
