package org.atelier.learning.rehearsal;

import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.VersionView;
import org.atelier.learning.campaign.CampaignSettings;

/**
 * A version of a dataset to simulate on.
 *
 * @param items that still exist
 * @param labels what its labels are, in words
 * @param ofJobs how many of its labels people or a model of a job gave
 * @param measurable whether every item has a label that no machine gave
 */
record RehearsalChoice(
    UUID id, String name, int version, int items, String labels, int ofJobs, boolean measurable) {

  static RehearsalChoice of(DatasetView dataset, VersionView version) {
    int items = version.itemCount() - version.erasedCount();
    int machine = version.labeledByMachine();
    int known = version.labeled() - version.labeledByMachineAlone();
    String labels =
        machine == 0
            ? words(version.labeled() - version.labeledByPeople(), version.labeledByPeople(), 0)
            : version.labeledByPeople() == 0
                ? "%,d labels of a model, which do not count".formatted(machine)
                : "%,d labels by people; %,d of a model, which do not count"
                    .formatted(version.labeledByPeople(), machine);
    return new RehearsalChoice(
        dataset.id(),
        dataset.name(),
        version.number(),
        items,
        labels,
        version.labeledByPeople() + machine,
        items > 0 && known >= items);
  }

  /** Whether there are enough items for a model, whatever its labels are. */
  public boolean enough() {
    return items >= CampaignSettings.FEWEST_ITEMS;
  }

  /** As the form sends it. */
  public String value() {
    return id + "/" + version;
  }

  /**
   * What is measured against, in words that follow "against".
   *
   * @param insteadOfMachine of both, items whose label in the version is a machine's
   */
  static String words(int imported, int people, int insteadOfMachine) {
    String came = "%,d labels that came with the data".formatted(imported);
    String gave = "%,d labels that people of a job gave".formatted(people);
    String known = people == 0 ? came : imported == 0 ? gave : gave + " and " + came;
    return insteadOfMachine == 0
        ? known
        : known
            + "; the %,d labels of a model that this version has do not count"
                .formatted(insteadOfMachine);
  }
}
