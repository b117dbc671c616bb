package org.atelier.platform.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theFirstLineIsThereAtOnceAndEveryStepIsToldWhenItBegins() {
    try (StartProgress progress = new StartProgress(out)) {
      assertEquals(List.of("  Atelier is starting."), lines());
      progress.step("Database: starting");
      assertEquals(List.of("  Atelier is starting.", "  Database: starting ..."), lines());
    }
  }

  @Test
  void aStepThatTakesLongIsToldAgainUntilTheEnd() throws InterruptedException {
    StartProgress progress = new StartProgress(out, 20);
    progress.step("Database: starting");
    for (int i = 0; i < 500 && lines().size() < 4; i++) {
      Thread.sleep(10);
    }
    progress.close();
    List<String> told = lines();
    assertTrue(told.size() >= 4, told.toString());
    assertTrue(
        told.get(3).matches("  Database: starting \\.\\.\\. \\(\\d+ s so far\\)"), told.get(3));
    progress.step("too late");
    Thread.sleep(60);
    assertEquals(told, lines());
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
