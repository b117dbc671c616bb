package org.atelier.dataset.catalog;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Names that were given to numbered labels. */
final class LabelNames {

  private LabelNames() {}

  /** Those of the first import that was given any, in the order of the numbers. */
  static List<String> of(Handle handle, UUID projectId, UUID datasetId) {
    return handle
        .createQuery(
            """
            select n.name from (
              select spec -> 'classNames' as names from dataset.import
              where dataset_id = :dataset and project_id = :project
                and jsonb_typeof(spec -> 'classNames') = 'array'
              order by id limit 1) i,
            jsonb_array_elements_text(i.names) with ordinality as n(name, at)
            order by n.at
            """)
        .bind("dataset", datasetId)
        .bind("project", projectId)
        .mapTo(String.class)
        .list();
  }
}
