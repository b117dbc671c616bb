package org.atelier.home.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.BundledDatasets.Bundle;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobSettings.Answering;
import org.atelier.labeling.JobSettings.Budget;
import org.atelier.labeling.JobSettings.Learning;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.TaskType;

/** The settings of the demo's jobs. */
final class DemoSettings {
  private static final int ROUND = 150;

  /** One drawing in ten lies between two garments, so people agree on little more than this. */
  private static final double TARGET = 0.9;

  /** More than the demo needs: a newcomer should see it end, not wait for a larger budget. */
  private static final int MOST_FOR_GARMENTS = 1_800;

  private static final int MOST_FOR_DESCRIPTIONS = 3_000;
  private static final BigDecimal PRICE = new BigDecimal("0.04");

  private static final String GARMENTS =
      """
      **What is it?** Choose the one word a shop would file this garment under.

      - Look at the whole garment first; **Z** zooms, **V** shows other views when there are any.
      - Between *T-shirt* and *Shirt*, the collar and the buttons decide; between *Shirt* and
        *Coat*, whether one would wear it over everything else.
      - Some are truly between two. Say what you would say in the shop, and go on.
      """;

  private static final String DESCRIPTIONS =
      """
      **What is this review about?** Choose the department of the garment that is reviewed, not of
      another one that is only mentioned.
      """;

  private DemoSettings() {}

  static JobSettings of(Bundle bundle, UUID datasetId) {
    boolean garments = bundle == Bundle.GARMENTS;
    return new JobSettings(
        garments ? "What is this garment?" : "Which department is it about?",
        datasetId,
        1,
        TaskType.SINGLE,
        garments ? garments() : departments(),
        garments ? GARMENTS : DESCRIPTIONS,
        Set.of(),
        Answering.defaults(),
        new Learning(true, TARGET, GuaranteeScope.MACHINE, 0.05, ROUND, Map.of()),
        new Budget(garments ? MOST_FOR_GARMENTS : MOST_FOR_DESCRIPTIONS, null, PRICE, "EUR"));
  }

  private static List<LabelDefinition> garments() {
    return List.of(
        label("T-shirt", "Jersey, pulled over the head, no collar; long sleeves count too."),
        label("Shirt", "Woven, with a collar and buttons."),
        label("Pullover", "Knitted, with long sleeves; cardigans and hooded sweaters count too."),
        label("Coat", "Worn over everything else; jackets, trenches and parkas count too."),
        label("Dress", "Covers body and legs in one piece."),
        label("Skirt", "From the waist down, without legs."),
        label("Trousers", "Two legs that reach below the knee."),
        label("Shorts", "Two legs that end above the knee or at it."),
        label("Shoe", "Anything for the feet: boots, sandals, sneakers."),
        label("Bag", "Anything to carry: totes, clutches, backpacks."));
  }

  private static List<LabelDefinition> departments() {
    return List.of(
        label("Tops", "Blouses, shirts, tees."),
        label("Dresses", "Dresses and jumpsuits."),
        label("Bottoms", "Trousers, jeans, skirts, shorts."),
        label("Knitwear", "Pullovers, cardigans, vests."),
        label("Outerwear", "Coats, jackets, blazers."),
        label("Loungewear", "For sleeping and for the sofa."));
  }

  private static LabelDefinition label(String name, String description) {
    return new LabelDefinition(name, null, null, description, null, List.of());
  }
}
