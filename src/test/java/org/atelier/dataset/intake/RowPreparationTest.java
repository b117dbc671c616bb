package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.atelier.dataset.format.SourceRow;
import org.junit.jupiter.api.Test;

class RowPreparationTest {

  private final RowPreparation preparation = new RowPreparation(null);

  @Test
  void aNumberThatTheDatabaseCannotWriteOutIsTheRowsFaultAlone() throws Exception {
    for (String endless : List.of("1e999999999", "1e-999999999", "1e2147483647", "1e1001")) {
      Map<String, Object> nested = Map.of("size", List.of(Map.of("n", new BigDecimal(endless))));
      var fault =
          assertThrows(
              RowPreparation.RowFaultException.class, () -> preparation.metadata(row(nested)));
      assertTrue(fault.getMessage().contains("1,000 digits"), fault.getMessage());
    }
    assertEquals("{\"n\":1E+300}", preparation.metadata(row(Map.of("n", new BigDecimal("1e300")))));
  }

  private static SourceRow row(Map<String, Object> metadata) {
    return new SourceRow(1, "a", "text", List.of(), metadata, null, null);
  }
}
