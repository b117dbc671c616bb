package org.atelier.dataset.format;

import java.util.List;

/**
 * How a tree of pictures becomes items.
 *
 * <p>With a labels file, one row per picture: column {@code image} names the file relative to the
 * labels file's folder (or by its bare name, when only one file has it); rows with the same {@code
 * item} are views of one item, named by {@code view}; without a column {@code item} each picture is
 * an item. Columns {@code item}, {@code view} and {@code label} may be missing; all others become
 * metadata, the first row of an item counts. Pictures the file does not name come in without
 * labels.
 *
 * <p>Without a labels file, {@code ID__VIEW.jpg} (two underscores) is the view VIEW of item ID in
 * its folder, any other name is an item of its own.
 *
 * @param labelsFile path in the tree, null for {@code labels.csv} where there is one
 * @param imageColumn null for {@code image}
 * @param itemColumn null for {@code item} where there is one
 * @param viewColumn null for {@code view} where there is one
 * @param labelColumn null for {@code label} where there is one
 * @param labelSeparator what separates several labels in a cell, null when a cell is one label
 * @param labelsFromFolders whether the folder a picture lies in is its label, for pictures that the
 *     labels file does not name
 */
public record PictureMapping(
    String labelsFile,
    String imageColumn,
    String itemColumn,
    String viewColumn,
    String labelColumn,
    String labelSeparator,
    boolean labelsFromFolders) {

  /** What to do when nothing is said. */
  public static final PictureMapping DEFAULT =
      new PictureMapping(null, null, null, null, null, null, false);

  public PictureMapping {
    labelsFile = labelsFile == null || labelsFile.isBlank() ? null : labelsFile.strip();
  }

  List<String> labels(String cell) {
    return new TextMapping(null, List.of(), null, labelSeparator, null, null).labels(cell);
  }
}
