package org.atelier.labeling;

/**
 * How much people still have to do, by tasks (items).
 *
 * @param open tasks that still need answers, those under way included
 * @param underWay answers for which somebody holds a live lease
 * @param settled tasks with a human label
 * @param declined tasks that as many people declined as answers were needed; nobody gets them until
 *     they are asked again
 * @param answers single answers so far that fill a slot; surplus ones are not counted
 */
public record QueueDepth(long open, long underWay, long settled, long declined, long answers) {}
