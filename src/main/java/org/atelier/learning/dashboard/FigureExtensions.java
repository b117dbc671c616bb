package org.atelier.learning.dashboard;

import io.quarkus.qute.TemplateExtension;

/** Numbers in words, for templates. */
@TemplateExtension
final class FigureExtensions {

  private FigureExtensions() {}

  /** 60,000. */
  static String asCount(long number) {
    return Figures.count(number);
  }

  /** 60,000. */
  static String asCount(int number) {
    return Figures.count(number);
  }

  /** 95.2 %. */
  static String asPercent(double share) {
    return Figures.percent(share);
  }

  /** 95.2 %. */
  static String asPercent(Double share) {
    return Figures.percent(share);
  }
}
