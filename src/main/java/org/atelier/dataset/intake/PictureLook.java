package org.atelier.dataset.intake;

import org.atelier.dataset.picture.CleanPicture;
import org.atelier.dataset.picture.PictureRefusedException;
import org.jboss.logging.Logger;

/** Looks at one picture of a source. */
@FunctionalInterface
interface PictureLook {

  Logger LOG = Logger.getLogger(PictureLook.class);

  CleanPicture take() throws PictureRefusedException;

  /**
   * What the look gives; whatever goes wrong with one picture is said of its file and does not end
   * the import.
   *
   * @throws PictureRefusedException with the name of the file
   */
  static CleanPicture at(String file, PictureLook look) throws PictureRefusedException {
    try {
      return look.take();
    } catch (PictureRefusedException e) {
      throw new PictureRefusedException(file + ": " + e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // One line each: a source may have many of them, and the depth of a stack is theirs.
      LOG.warn(line("The picture %s could not be looked at: %s".formatted(file, e)));
      LOG.debug("It failed here", e);
      throw new PictureRefusedException(file + ": The picture is damaged and cannot be decoded");
    }
  }

  /** One line of the log: whoever names a file must not write entries of their own. */
  private static String line(String words) {
    return words.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "\uFFFD");
  }
}
