package org.atelier.learning.certificate;

import java.io.IOException;
import org.atelier.Atelier;

/** Runs the application's main method and says a certificate's sentence as it ends. */
final class SentenceProgram {

  private SentenceProgram() {}

  public static void main(String... args) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(sentence())));
    Atelier.main("--version");
  }

  private static String sentence() {
    Certificate.Guarantee guarantee =
        new Certificate.Guarantee(
            Certificate.State.CERTIFIED, 0.95, 0.05, "", "", 0.9625, null, null, "", "", null);
    return CertificateWriter.sentence(
        new Certificate.Counts(12_500, 1_500, 11_000, 0, 1_600, 0), guarantee, 11_000);
  }
}
