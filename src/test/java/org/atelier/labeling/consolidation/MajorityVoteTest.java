package org.atelier.labeling.consolidation;

import static org.atelier.labeling.consolidation.Answers.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MajorityVoteTest extends ConsolidationMethodContract {

  @Override
  ConsolidationMethod method() {
    return new MajorityVote();
  }

  @Test
  void confidenceIsTheShareOfTheWinner() {
    Consolidation outcome =
        method()
            .consolidate(
                Answers.of(
                    2, 3, 3, row(0, 0, 2), row(0, 1, 0), row(0, 2, 2), row(1, 0, 1), row(1, 1, 0)),
                null);
    assertArrayEquals(new int[] {2, 0}, outcome.labels());
    assertArrayEquals(new double[] {0.67, 0.5}, outcome.confidences());
  }

  @Test
  void aWorkerIsJudgedOnItemsThatOthersAnsweredToo() {
    Consolidation outcome =
        method()
            .consolidate(
                Answers.of(2, 3, 2, row(0, 0, 1), row(0, 1, 1), row(0, 2, 0), row(1, 0, 1)), null);
    assertEquals(2, outcome.workers().get(0).answers());
    assertEquals(OptionalDouble.of(1), outcome.workers().get(0).accuracy());
    assertEquals(OptionalDouble.of(0), outcome.workers().get(2).accuracy());
  }

  @Test
  void eightOfTenHasWilsonsInterval() {
    WorkerSkill skill = WorkerSkill.of(10, 10, 8);
    assertEquals(0.4902, skill.lower(), 5e-5);
    assertEquals(0.9433, skill.upper(), 5e-5);
  }
}
