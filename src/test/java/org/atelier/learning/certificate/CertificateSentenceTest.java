package org.atelier.learning.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateSentenceTest {

  private static final String SENTENCE =
      "1,500 of 12,500 items were labelled by people and 11,000 by the model. With probability"
          + " 95 % at least 96.2 % of the model's labels are right (promised: 95.0 %).";

  @TempDir Path folder;

  @Test
  void itsNumbersAreEnglishOnAServerThatSpeaksGerman() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Duser.language=de",
                "-Duser.country=DE",
                "-cp",
                System.getProperty("java.class.path"),
                SentenceProgram.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertTrue(program.waitFor(2, TimeUnit.MINUTES));
    String said = Files.readString(out, StandardCharsets.UTF_8);
    assertTrue(said.contains(SENTENCE), said);
    assertEquals(0, program.exitValue(), said);
  }
}
