package org.atelier.labeling;

import java.util.Map;
import org.atelier.dataset.ItemKind;

/** SPI: a bean that knows what {@link JobSettings.Learning#options()} may hold. */
public interface LearningOptions {

  /**
   * What is wrong, one sentence by name of the option; empty when all is well.
   *
   * @param kind of the items to learn from
   */
  Map<String, String> breaches(Map<String, Object> options, ItemKind kind);
}
