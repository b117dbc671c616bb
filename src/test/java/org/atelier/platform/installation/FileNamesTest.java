package org.atelier.platform.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileNamesTest {

  @Test
  void localesThatCannotExpressNamesAreWarnedOfWithTheWayOut() {
    for (String encoding : List.of("ANSI_X3.4-1968", "ISO-8859-1", "US-ASCII")) {
      String warning = FileNames.warning("Linux", encoding).orElseThrow();
      assertTrue(warning.contains(encoding), warning);
      assertTrue(warning.contains("LC_ALL=C.UTF-8"), warning);
    }
  }

  @Test
  void localesThatCanAreNot() {
    assertEquals(Optional.empty(), FileNames.warning("Linux", "UTF-8"));
    assertEquals(Optional.empty(), FileNames.warning("Mac OS X", "UTF-8"));
    assertEquals(Optional.empty(), FileNames.warning("Linux", null));
    assertEquals(Optional.empty(), FileNames.warning("Linux", "no-such-encoding"));
    assertEquals(Optional.empty(), FileNames.warning("Linux", "no encoding's name"));
    assertEquals(Optional.empty(), FileNames.warning("Linux", ""));
    assertEquals(Optional.empty(), FileNames.warning("Windows 11", "Cp1252"));
  }
}
