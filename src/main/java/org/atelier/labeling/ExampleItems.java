package org.atelier.labeling;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.queue.Rows;
import org.jdbi.v3.core.Jdbi;

/** Finds items that may serve as examples of a label. */
@Singleton
class ExampleItems {

  static final int PAGE = 24;

  /** How many items one page looks at, so that a rare label never means reading a whole dataset. */
  private static final int WINDOW = 5_000;

  private final Jdbi jdbi;

  ExampleItems(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  record Found(UUID id, int ordinal) {}

  /** Items of a page and the ordinal the next page comes after. */
  record Page(List<Found> items, int last) {}

  /**
   * Items in order of ordinals.
   *
   * @param text empty, a known label, or how external ids begin
   * @param after ordinal the page comes after, −1 for the start
   */
  @Transactional
  Page page(UUID datasetId, int version, String text, int after) {
    List<Found> found =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select id, ordinal from dataset.item i
                        where dataset_id = :dataset and ordinal > :after
                          and ordinal <= :after + :window and added_in <= :version
                          and (removed_in is null or removed_in > :version)
                          and (:text = '' or :text = any(known_labels)
                            or starts_with(external_id, :text)
                            or exists (select from dataset.item_label l
                              where l.item_id = i.id and :text = any(l.labels)))
                        order by ordinal limit :page
                        """)
                    .bind("dataset", datasetId)
                    .bind("version", version)
                    .bind("text", text)
                    .bind("after", after)
                    .bind("window", WINDOW)
                    .bind("page", PAGE)
                    .map(Rows.mapper(Found.class))
                    .list());
    boolean full = found.size() == PAGE;
    return new Page(found, full ? found.get(PAGE - 1).ordinal() : after + WINDOW);
  }
}
