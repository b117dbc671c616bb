package org.atelier.dataset.export;

import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Finds a label attribute for a manifest that no line has as a key of its own: keys that came in
 * pass through unchanged, so that a job called like one of them, or like an earlier job, gives its
 * labels under another name in every line.
 */
final class FreeAttribute {

  /** Keys that lines get where the items did not come from a manifest. */
  private static final Set<String> WRITTEN = Set.of("source", "source-ref", "views", "id");

  private static final String ENDING = "-label";

  private FreeAttribute() {}

  /** The wished name, else the same with an ending. */
  static String in(Handle handle, UUID dataset, int version, String wished) {
    String name = wished;
    for (int number = 1; isTaken(handle, dataset, version, name); number++) {
      name = wished + ENDING + (number == 1 ? "" : "-" + number);
    }
    return name;
  }

  private static boolean isTaken(Handle handle, UUID dataset, int version, String name) {
    return WRITTEN.contains(name)
        || handle
            .createQuery(
                """
                select exists (select from dataset.item
                  where dataset_id = :dataset and added_in <= :version
                    and (metadata ?? :name or metadata ?? :about
                      or strpos(source_line, :quoted) > 0 or strpos(source_line, :quotedAbout) > 0))
                """)
            .bind("dataset", dataset)
            .bind("version", version)
            .bind("name", name)
            .bind("about", name + "-metadata")
            .bind("quoted", '"' + name + '"')
            .bind("quotedAbout", '"' + name + "-metadata\"")
            .mapTo(Boolean.class)
            .one();
  }
}
