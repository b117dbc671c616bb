package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void timesAreSaidAsPeopleSayThem() {
    assertEquals("less than a minute", Figures.duration(0.005));
    assertEquals("1 minute", Figures.duration(0.02));
    assertEquals("90 minutes", Figures.duration(1.5));
    assertEquals("2 hours", Figures.duration(2));
    assertEquals("3 days", Figures.duration(72));
  }
}
