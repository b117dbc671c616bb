package org.atelier.learning.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.certify.HumanError;

/**
 * What simulated people have said, as the queue would have asked them: where the whole dataset is
 * promised and items get one answer, chance asks one person more about a part of them.
 */
final class SimulatedAnswers {

  private final SimulatedPeople people;
  private final double share;
  private final int budget;
  private final long seed;
  private final List<Evidence.Labeled> labels = new ArrayList<>();
  private int answers;
  private int checked;
  private int differing;

  SimulatedAnswers(CampaignSettings settings, SimulatedPeople people) {
    this.people = people;
    this.seed = settings.seed();
    this.budget = settings.budget();
    this.share =
        settings.scope() == CampaignSettings.Scope.DATASET
            ? WholeDataset.share(people.answersPerItem())
            : 0;
  }

  /** Lets people answer items that nobody was asked about before. */
  void ask(List<Directive.Ask> asks) {
    int waiting = asks.stream().mapToInt(ask -> least(ask.item())).sum();
    for (Directive.Ask ask : asks) {
      waiting -= least(ask.item());
      ask(ask.item(), ask.reason(), waiting);
    }
  }

  private int least(int item) {
    return Math.max(people.answersPerItem(), isChecked(item) ? 2 : 1);
  }

  /** What others still wait for comes before another answer about an item in doubt. */
  private void ask(int item, TaskReason reason, int waiting) {
    boolean twice = isChecked(item);
    int least = least(item);
    int[][] said = people.ask(item, least, Math.max(0, budget - answers - least - waiting));
    labels.add(new Evidence.Labeled(item, people.label(said), reason));
    answers += said.length;
    if (twice) {
      checked++;
      differing += Arrays.equals(said[0], said[1]) ? 0 : 1;
    }
  }

  /** Chosen by item and seed alone, whatever it is asked for and whatever anybody says. */
  private boolean isChecked(int item) {
    long mixed = (seed ^ 0x2d1a6f) * 0x9E3779B97F4A7C15L + item;
    return share == 1 || share > 0 && new SplittableRandom(mixed).nextDouble() < share;
  }

  List<Evidence.Labeled> labels() {
    return labels;
  }

  /** Single answers, second ones included. */
  int answers() {
    return answers;
  }

  /** What second answers tell; null where nothing is promised for the whole dataset. */
  HumanError human(double risk) {
    return share == 0
        ? null
        : HumanError.fromRepeats(differing, checked, labels.size(), share, 0, risk);
  }
}
