package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.confusion.ConfusionMatrix;
import org.atelier.learning.model.Scores;
import org.atelier.learning.pool.PoolItems;
import org.junit.jupiter.api.Test;

class DifferencesTest {

  private static PoolItems items(int count) {
    return PoolItems.of(new long[count], IntStream.range(0, count).asLongStream().toArray());
  }

  private static Evidence.Labeled says(int item, int... classes) {
    return new Evidence.Labeled(item, classes, TaskReason.RANDOM_START);
  }

  @Test
  void withSeveralLabelsAnItemEachCellNamesItsItemsAndAllThatWasSaidOfThem() {
    List<Evidence.Labeled> labels = List.of(says(0, 0, 2), says(1, 0, 2), says(2, 1), says(3, 1));
    float[] heldOut = {.1f, .9f, .9f, .9f, .1f, .1f, .1f, .9f, .8f, .1f, .9f, .1f};
    Differences found =
        Differences.of(items(4), labels, new Scores(3, true, new float[0], heldOut));
    assertEquals(
        List.of(
            new RoundLists.Cell(0, 1, List.of(new UUID(0, 0))),
            new RoundLists.Cell(2, ConfusionMatrix.NOTHING, List.of(new UUID(0, 1))),
            new RoundLists.Cell(ConfusionMatrix.NOTHING, 2, List.of(new UUID(0, 2)))),
        found.cells());
    assertEquals(3, found.items().size());
    assertArrayEquals(new int[] {0, 2}, found.items().get(0).people());
    assertArrayEquals(new int[] {1, 2}, found.items().get(0).model());
  }

  @Test
  void whatIsKeptStaysSmallHoweverManyLabelsAndDifferencesThereAre() {
    int classes = 1_000;
    List<Evidence.Labeled> labels = new ArrayList<>();
    float[] heldOut = new float[3_000 * classes];
    for (int i = 0; i < 3_000; i++) {
      labels.add(says(i, IntStream.range(0, 200).toArray()));
      for (int k = 150; k < 400; k++) {
        heldOut[i * classes + k] = 1;
      }
    }
    Differences found =
        Differences.of(items(3_000), labels, new Scores(classes, true, new float[0], heldOut));
    assertTrue(found.matrix().counts().length <= 32);
    assertTrue(found.cells().size() <= 400);
    assertTrue(found.cells().stream().allMatch(cell -> cell.items().size() <= 48));
    long numbers =
        found.items().stream().mapToLong(one -> one.people().length + one.model().length).sum();
    assertTrue(numbers > 0 && numbers <= 100_000, numbers + " numbers");
  }

  @Test
  void listsOfAnEarlierVersionStillHaveTheirMatrixAndWhatWasSaidOfItems() throws Exception {
    String earlier =
        """
        {"uncertain": [], "suspects": [], "reserve": [], "confusion": [[3, 1], [0, 2]],
         "cells": [{"people": 0, "model": 1, "items": ["00000000-0000-0000-0000-000000000007"]}]}
        """;
    RoundLists lists = new ObjectMapper().readValue(earlier, RoundLists.class);
    assertArrayEquals(new int[] {0, 1}, lists.confusionKeys());
    assertArrayEquals(new int[] {0}, lists.differences().get(0).people());
    assertArrayEquals(new int[] {1}, lists.differences().get(0).model());
    assertNull(RoundLists.EMPTY.confusionKeys());
    String written = new ObjectMapper().writeValueAsString(lists);
    assertEquals(
        written,
        new ObjectMapper()
            .writeValueAsString(new ObjectMapper().readValue(written, RoundLists.class)));
  }
}
