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
 * @param late answers under way to tasks that were taken back: they are not open, but will be paid
 * @param asked answers that open tasks still ask for, those under way included
 * @param surplus answers that fill no slot: their slot was taken meanwhile, and they are paid too
 */
public record QueueDepth(
    long open,
    long underWay,
    long settled,
    long declined,
    long answers,
    long late,
    long asked,
    long surplus) {

  /** Where every open task asks for one answer, and nothing was taken back or is surplus. */
  public QueueDepth(long open, long underWay, long settled, long declined, long answers) {
    this(open, underWay, settled, declined, answers, 0, open, 0);
  }

  /** Single answers given and asked for, whatever for: what counts against a budget. */
  public long committed() {
    return answers + surplus + late + asked;
  }
}
