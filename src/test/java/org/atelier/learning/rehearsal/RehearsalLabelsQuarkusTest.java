package org.atelier.learning.rehearsal;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabels;
import org.atelier.learning.loop.Forms;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class RehearsalLabelsQuarkusTest extends RehearsalScene {

  @Test
  void labelsOfAMachineAreNeverWhatASimulationMeasuresAgainst() {
    open();
    UUID dataset = UUID.fromString(imported(600, true).split("/")[0]);
    UUID unlabelled = UUID.fromString(imported(601, false).split("/")[0]);
    labelledByAMachine(dataset);
    labelledByAMachine(unlabelled);
    page(page())
        .body(containsString("version 2 (600 items; 600 labels of a model, which do not count)"))
        .body(containsString("version 1 (600 items; 600 labels that came with the data)"))
        .body(not(containsString(unlabelled.toString())));
    Map<String, String> asked = Map.of("labelerError", "3", "budget", "450", "seed", "7");
    String location =
        Forms.send(owner, page(), page(), typed(dataset + "/2", asked))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), id).report() != null);
    com.fasterxml.jackson.databind.JsonNode report = rehearsals.find(project.id(), id).report();
    assertEquals(3, report.at("/classes").asInt());
    assertEquals(600, report.at("/measured_against/imported").asInt());
    assertEquals(600, report.at("/measured_against/instead_of_machine").asInt());
    page(location)
        .body(containsString("the 600 labels of a model that this version has do not count"))
        .body(containsString("3 % of answers wrong"))
        .body(containsString("450 answers"))
        .body(containsString("seed 7"));
    page(page() + "?again=" + id)
        .body(containsString("value=\"" + dataset + "/2\" selected"))
        .body(containsString("name=\"labelerError\" inputmode=\"decimal\" value=\"3\""))
        .body(containsString("name=\"seed\" inputmode=\"numeric\" value=\"7\""));
    String refused =
        Forms.send(owner, page(), page(), typed(unlabelled + "/2", Map.of()))
            .statusCode(303)
            .extract()
            .header("Location");
    UUID second = UUID.fromString(refused.substring(refused.lastIndexOf('/') + 1));
    await(() -> rehearsals.find(project.id(), second).refusal() != null);
    page(refused).body(containsString("601 of 601 items have none but a model&#39;s at most."));
  }

  /** Makes version 2, in which a machine gave every label, most of them wrong. */
  private void labelledByAMachine(UUID dataset) {
    List<ItemLabels> labels = new java.util.ArrayList<>();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              datasets.items(
                  project.id(),
                  dataset,
                  1,
                  0,
                  item ->
                      labels.add(
                          new ItemLabels(
                              item.id(),
                              List.of(labels.size() % 2 == 0 ? "blue" : "violet"),
                              ItemLabel.Source.MACHINE,
                              UUID.randomUUID())));
              datasets.addLabeledVersion(project.id(), dataset, "Of a job", labels);
            });
  }
}
