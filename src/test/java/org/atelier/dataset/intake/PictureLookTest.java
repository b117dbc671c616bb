package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.atelier.dataset.picture.PictureRefusedException;
import org.junit.jupiter.api.Test;

class PictureLookTest {

  private static final String DAMAGED = "a.png: The picture is damaged and cannot be decoded";

  @Test
  void whatNobodyForesawIsSaidOfTheFile() {
    assertEquals(
        DAMAGED,
        refusal(
            () -> {
              throw new IllegalStateException("a fault of the decoder");
            }));
    assertEquals(
        DAMAGED,
        refusal(
            () -> {
              throw new StackOverflowError();
            }));
    assertEquals(
        "a.png: The file is empty",
        refusal(
            () -> {
              throw new PictureRefusedException("The file is empty");
            }));
  }

  @Test
  void theNameOfAFileWritesNoLineOfTheLog() {
    List<String> lines = new ArrayList<>();
    Logger logger = Logger.getLogger(PictureLook.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
              lines.add(record.getMessage());
            }
          }

          @Override
          public void flush() {
            // nothing is held back
          }

          @Override
          public void close() {
            // nothing is kept open
          }
        };
    logger.addHandler(handler);
    try {
      assertThrows(
          PictureRefusedException.class,
          () ->
              PictureLook.at(
                  "a\n1 ERROR\u2028b.png",
                  () -> {
                    throw new IllegalStateException("c\rd");
                  }));
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(
        List.of(
            "The picture a\uFFFD1 ERROR\uFFFDb.png could not be looked at:"
                + " java.lang.IllegalStateException: c\uFFFDd"),
        lines);
  }

  @Test
  void wantOfMemoryIsNoFaultOfThePicture() {
    assertThrows(
        OutOfMemoryError.class,
        () ->
            PictureLook.at(
                "a.png",
                () -> {
                  throw new OutOfMemoryError();
                }));
  }

  private static String refusal(PictureLook look) {
    return assertThrows(PictureRefusedException.class, () -> PictureLook.at("a.png", look))
        .getMessage();
  }
}
