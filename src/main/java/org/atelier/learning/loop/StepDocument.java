package org.atelier.learning.loop;

import java.util.List;
import org.atelier.learning.campaign.Directive;

/**
 * Everything one step will do; kept before it is done.
 *
 * @param directive what the campaign decided; its item numbers are rows of the pool
 * @param watch what the watch over accepted labels decided, null when it did nothing
 * @param facts the round as it will be shown
 * @param lists what the round points at; null when it is as it was
 * @param suggestions what the model says of asked items, for jobs that show it before the answer
 * @param settledSeen tasks settled or given up when the step was planned: what people said since is
 *     for the next one
 * @param poolVersion dataset version whose pool the rows belong to
 */
record StepDocument(
    Directive directive,
    WatchTurn watch,
    RoundFacts facts,
    RoundLists lists,
    List<RoundLists.Opinion> suggestions,
    long settledSeen,
    int poolVersion) {}
