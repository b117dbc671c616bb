package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
