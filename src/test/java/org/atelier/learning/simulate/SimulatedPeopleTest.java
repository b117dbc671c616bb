package org.atelier.learning.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.atelier.labeling.consolidation.AnswerSet;
import org.atelier.labeling.consolidation.MajorityVote;
import org.junit.jupiter.api.Test;

class SimulatedPeopleTest {

  /** Two people, one of whom always says 2 and one always 1, as chances of one half each. */
  @Test
  void tiesGoToTheLabelThatStandsFirstAsInMajorityVote() {
    double[][] chances = {{0, 0.5, 0.5}, {0, 0.5, 0.5}, {0, 0.5, 0.5}};
    int[][] truth = new int[2_000][];
    java.util.Arrays.fill(truth, new int[] {2});
    SimulatedPeople people = new SimulatedPeople(truth, 3, false, chances, 2, 2, 7);
    long twos = IntStream.range(0, truth.length).filter(item -> people.label(item)[0] == 2).count();
    // 2 wins only when both say 2: a quarter of the items, 500 ± 4.5 standard deviations of 19.4.
    assertEquals(500, twos, 88);
    AnswerSet tie = AnswerSet.of(1, 2, 3, new int[] {0, 0}, new int[] {0, 1}, new int[] {2, 1});
    assertArrayEquals(new int[] {1}, new MajorityVote().consolidate(tie, new BitSet()).labels());
  }

  @Test
  void anEvenSplitOverALabelOfSeveralIsNoWhateverIsRight() {
    double[][] chances = {{0.5}};
    int[][] truth = new int[2_000][];
    java.util.Arrays.fill(truth, new int[] {0});
    SimulatedPeople people = new SimulatedPeople(truth, 1, true, chances, 2, 2, 7);
    long yes =
        IntStream.range(0, truth.length).filter(item -> people.label(item).length == 1).count();
    assertEquals(500, yes, 88);
  }

  @Test
  void aThirdIsAskedWhereTwoDifferAsLongAsThereIsRoom() {
    double[][] chances = {{0.5, 0.5}, {0.5, 0.5}};
    int[][] truth = new int[200][];
    java.util.Arrays.fill(truth, new int[] {0});
    SimulatedPeople people = new SimulatedPeople(truth, 2, false, chances, 2, 3, 7);
    for (int item = 0; item < truth.length; item++) {
      int[][] two = people.answers(item, 2);
      boolean differ = two[0][0] != two[1][0];
      int[][] asked = people.ask(item, 2, 10);
      assertEquals(differ ? 3 : 2, asked.length);
      assertArrayEquals(two[1], asked[1], "the first two stay what they are");
      assertEquals(2, people.ask(item, 2, 0).length);
      assertEquals(1, people.ask(item, 1, 10).length, "one answer alone is not in doubt");
    }
  }

  @Test
  void setsThatDivideOverALabelAreInDoubtToo() {
    double[][] chances = {{0.5, 0.5}, {0.5, 0.5}};
    int[][] truth = new int[200][];
    java.util.Arrays.fill(truth, new int[] {0});
    SimulatedPeople people = new SimulatedPeople(truth, 2, true, chances, 2, 4, 7);
    for (int item = 0; item < truth.length; item++) {
      int[][] two = people.answers(item, 2);
      int[][] asked = people.ask(item, 2, 10);
      assertEquals(java.util.Arrays.equals(two[0], two[1]) ? 2 : 3, asked.length);
    }
  }

  @Test
  void whatOnePersonSaysOfAnItemTellsNothingOfWhatTheNextSaysOfItsNeighbour() {
    double[][] chances = {{0.5, 0.5}, {0.5, 0.5}};
    int[][] truth = new int[2_001][];
    java.util.Arrays.fill(truth, new int[] {0});
    SimulatedPeople people = new SimulatedPeople(truth, 2, false, chances, 2, 2, 7);
    long same =
        IntStream.range(0, 2_000)
            .filter(item -> people.answers(item, 2)[1][0] == people.answers(item + 1, 2)[0][0])
            .count();
    // a half of them by chance, ± 4.5 standard deviations of 22.4
    assertEquals(1_000, same, 100);
  }
}
