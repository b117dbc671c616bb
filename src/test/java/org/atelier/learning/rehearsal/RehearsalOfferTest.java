package org.atelier.learning.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RehearsalOfferTest {

  private static final UUID SMALL = new UUID(0, 1);
  private static final UUID LARGE = new UUID(0, 2);
  private static final UUID GONE = new UUID(0, 3);
  private static final List<RehearsalChoice> CHOICES =
      List.of(
          choice(SMALL, 1, 4),
          choice(LARGE, 12, 10_000),
          choice(LARGE, 11, 10_000),
          choice(new UUID(0, 4), 1, 600));

  private static RehearsalChoice choice(UUID id, int version, int items) {
    return choice(id, version, items, 0);
  }

  private static RehearsalChoice choice(UUID id, int version, int items, int ofJobs) {
    return new RehearsalChoice(id, "d", version, items, "labels", ofJobs, true);
  }

  @Test
  void theLargestThatCanBeSimulatedIsChosenByItself() {
    assertEquals(LARGE + "/12", RehearsalOffer.of(CHOICES, "").chosen());
    assertNull(RehearsalOffer.of(CHOICES.subList(0, 1), "").chosen(), "four items are too few");
    assertFalse(RehearsalOffer.of(CHOICES, "").missing());
  }

  @Test
  void labelsThatCameWithTheDataStandBeforeThoseOfAJob() {
    List<RehearsalChoice> choices =
        List.of(choice(LARGE, 2, 4_000, 2_555), choice(LARGE, 1, 4_000), choice(SMALL, 9, 900));
    assertEquals(LARGE + "/1", RehearsalOffer.of(choices, "").chosen());
  }

  @Test
  void whatIsAskedForIsChosen() {
    assertEquals(LARGE + "/11", RehearsalOffer.of(CHOICES, LARGE + "/11").chosen());
    assertEquals(LARGE + "/12", RehearsalOffer.of(CHOICES, LARGE.toString()).chosen());
  }

  @Test
  void noOtherDatasetIsChosenInThePlaceOfOneThatIsNotOffered() {
    for (String asked : List.of(LARGE + "/1", GONE + "/1", GONE.toString(), SMALL + "/1")) {
      RehearsalOffer offer = RehearsalOffer.of(CHOICES, asked);
      assertNull(offer.chosen(), asked);
      assertTrue(offer.missing(), asked);
    }
  }
}
