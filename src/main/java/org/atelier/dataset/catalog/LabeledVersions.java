package org.atelier.dataset.catalog;

import java.util.List;
import java.util.UUID;
import org.atelier.dataset.VersionView;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Handle;

/** Versions with known labels of all datasets of a project, in one statement. */
final class LabeledVersions {

  private LabeledVersions() {}

  /**
   * @param most of each dataset; what was deleted since is counted for no more than these
   */
  static List<VersionView> newest(Handle handle, UUID projectId, int most) {
    return handle
        .createQuery(
            """
            select v.dataset_id, v.number, v.digest, v.item_count, v.added, v.removed, v.labeled,
              v.labeled_by_people, v.labeled_by_machine, v.labeled_by_machine_alone, v.note,
              v.created_at, (select count(*)::int from dataset.tombstone t
                join dataset.item i on i.id = t.item_id where t.dataset_id = v.dataset_id
                and t.version > v.number and i.added_in <= v.number) as erased_count
            from dataset.dataset d cross join lateral (
              select * from dataset.dataset_version v
              where v.dataset_id = d.id and v.labeled > 0
              order by v.number desc limit :most offset 0) v
            where d.project_id = :project
            order by d.id desc, v.number desc
            """)
        .bind("project", projectId)
        .bind("most", most)
        .map(RecordMapper.of(VersionView.class))
        .list();
  }
}
