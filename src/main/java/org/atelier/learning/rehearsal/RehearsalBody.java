package org.atelier.learning.rehearsal;

import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What to simulate as scripts send it; what is missing takes the value of the form. */
@Schema(description = "What to simulate. Shares lie between 0 and 1.")
record RehearsalBody(
    @Schema(required = true, description = "A dataset whose items all have a known label")
        UUID datasetId,
    @Schema(description = "Number of its version; the newest when missing") Integer datasetVersion,
    @Schema(defaultValue = "0.95", description = "Accuracy to certify, above 0 and below 1")
        Double target,
    @Schema(
            defaultValue = "0.05",
            description = "Probability that the certificate is wrong, above 0 and below 1")
        Double risk,
    @Schema(
            defaultValue = "false",
            description = "Whether the target is about all labels, people's included")
        Boolean wholeDataset,
    @Schema(
            description =
                "Most single answers, audit included; when missing those of a fifth of the items,"
                    + " but of 600 items at least")
        Integer budget,
    @Schema(description = "Items asked per round; chosen by the budget when missing") Integer batch,
    @Schema(defaultValue = "1", description = "Answers to every item, 1 to 9")
        Integer answersPerItem,
    @Schema(
            description =
                "Answers to an item on which people differ, answersPerItem to 9; when missing 3, or"
                    + " answersPerItem when that is more")
        Integer mostAnswersPerItem,
    @Schema(
            defaultValue = "0",
            description = "Share of wrong answers of a simulated person, 0 to less than 1")
        Double labelerError,
    @Schema(
            description =
                "How people confuse labels, lines true,answered,probability; replaces labelerError")
        String confusion,
    @Schema(description = "Name of a sampling strategy; the measured default when missing")
        String strategy,
    @Schema(defaultValue = "0.08", description = "Price of an answer, at most four decimals")
        BigDecimal price,
    @Schema(defaultValue = "EUR", description = "Word behind amounts") String currency,
    @Schema(defaultValue = "1", description = "The same seed gives the same report") Long seed) {

  private static final RehearsalForm FORM = RehearsalForm.fresh(null);

  RehearsalSettings settings() {
    return new RehearsalSettings(
        datasetId,
        datasetVersion,
        or(target, Double.parseDouble(FORM.target()) / 100),
        or(risk, Double.parseDouble(FORM.risk()) / 100),
        or(wholeDataset, FORM.wholeDataset()),
        budget,
        batch,
        or(answersPerItem, Integer.valueOf(FORM.answersPerItem())),
        mostAnswersPerItem,
        or(labelerError, Double.parseDouble(FORM.labelerError()) / 100),
        or(confusion, ""),
        strategy,
        or(price, new BigDecimal(FORM.price())),
        or(currency, FORM.currency()),
        or(seed, Long.valueOf(FORM.seed())));
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
