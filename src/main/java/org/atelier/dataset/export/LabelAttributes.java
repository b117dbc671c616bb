package org.atelier.dataset.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.atelier.platform.ProblemException;
import org.jdbi.v3.core.Handle;

/**
 * Finds label attributes for manifests that no line has as a key of its own: keys that came in pass
 * through unchanged, so that a job called like one of them, or like an earlier job, gives its
 * labels under another name in every line. What was found once stays, so that all manifests of a
 * job and version have their labels under the same key.
 */
final class LabelAttributes {

  /** Keys that lines get where the items did not come from a manifest. */
  private static final Set<String> WRITTEN = Set.of("source", "source-ref", "views", "id");

  private static final String ENDING = "-label";
  private static final String ABOUT = "-metadata";
  private static final int MOST_TRIED = 9_999;
  private static final int PART = 200;

  private final Handle handle;
  private final UUID dataset;
  private final int version;

  private LabelAttributes(Handle handle, UUID dataset, int version) {
    this.handle = handle;
    this.dataset = dataset;
    this.version = version;
  }

  /**
   * The name for a source of labels: the one it had in an earlier manifest of the version, else the
   * wished one, else the same with an ending. Items are looked through the first time only.
   *
   * @param wished letters, digits and hyphens
   */
  static String of(Handle handle, UUID dataset, int version, UUID source, String wished) {
    LabelAttributes attributes = new LabelAttributes(handle, dataset, version);
    return attributes
        .kept(source)
        .orElseGet(
            () -> {
              attributes.keep(source, attributes.free(wished));
              // Whoever exported at the same moment may have been first.
              return attributes.kept(source).orElseThrow();
            });
  }

  private Optional<String> kept(UUID source) {
    return handle
        .createQuery(
            """
            select attribute from dataset.label_attribute
            where source_id = :source and dataset_id = :dataset and version = :version
            """)
        .bind("source", source)
        .bind("dataset", dataset)
        .bind("version", version)
        .mapTo(String.class)
        .findOne();
  }

  private void keep(UUID source, String attribute) {
    handle
        .createUpdate(
            """
            insert into dataset.label_attribute (source_id, dataset_id, version, attribute)
            values (:source, :dataset, :version, :attribute) on conflict do nothing
            """)
        .bind("source", source)
        .bind("dataset", dataset)
        .bind("version", version)
        .bind("attribute", attribute)
        .execute();
  }

  private String free(String wished) {
    Set<String> taken = new HashSet<>(WRITTEN);
    String alike = wished + "(" + ENDING + "(-[0-9]{1,4})?)?(" + ABOUT + ")?";
    taken.addAll(keysWithValues(alike));
    addKeysWithoutValues(wished, Pattern.compile(alike), taken);
    String name = wished;
    for (int number = 1; taken.contains(name) || taken.contains(name + ABOUT); number++) {
      if (number > MOST_TRIED) {
        throw ProblemException.invalid(
            "format", "Every name for the labels is a key of some line. Choose another format.");
      }
      name = wished + ENDING + (number == 1 ? "" : "-" + number);
    }
    return name;
  }

  /** Keys of the metadata, where every key that came with a value is. */
  private List<String> keysWithValues(String alike) {
    return handle
        .createQuery(
            """
            select distinct key from dataset.item i, jsonb_object_keys(i.metadata) as key
            where i.dataset_id = :dataset and i.added_in <= :version and key ~ :alike
            """)
        .bind("dataset", dataset)
        .bind("version", version)
        .bind("alike", "^" + alike + "$")
        .mapTo(String.class)
        .list();
  }

  private record Line(int ordinal, String text) {}

  /** Keys of lines whose value is null, which are in the line alone; they may be escaped. */
  private void addKeysWithoutValues(String wished, Pattern alike, Set<String> taken) {
    int last = -1;
    List<Line> lines;
    do {
      lines = linesWithNulls(wished, last);
      for (Line line : lines) {
        last = line.ordinal();
        try {
          JsonFields.names(line.text()).stream()
              .filter(key -> alike.matcher(key).matches())
              .forEach(taken::add);
        } catch (IOException e) {
          throw new UncheckedIOException("A manifest line that came in is not JSON", e);
        }
      }
    } while (lines.size() == PART);
  }

  private List<Line> linesWithNulls(String wished, int after) {
    return handle
        .createQuery(
            """
            select ordinal, source_line from dataset.item
            where dataset_id = :dataset and added_in <= :version and ordinal > :after
              and strpos(source_line, 'null') > 0
              and (strpos(source_line, :wished) > 0 or strpos(source_line, :escape) > 0)
            order by ordinal limit :part
            """)
        .bind("dataset", dataset)
        .bind("version", version)
        .bind("after", after)
        .bind("wished", wished)
        .bind("escape", "\\u")
        .bind("part", PART)
        .map((row, context) -> new Line(row.getInt(1), row.getString(2)))
        .list();
  }
}
