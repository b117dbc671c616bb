package org.atelier.dataset.catalog;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Locks on rows of pictures, until the transaction ends: whoever shows a picture shares its row,
 * whoever drops it has the row alone and looks only then who shows it. Rows are locked in the order
 * of their digests, after the dataset and jobs and before the holds on pictures.
 */
final class PictureLocks {

  private PictureLocks() {}

  /**
   * Keeps pictures from being dropped.
   *
   * @return those the project has; waits for whoever drops one, which is then missing
   */
  static Set<String> share(Handle handle, UUID projectId, Collection<String> sha256s) {
    return lock(handle, projectId, sha256s, "for key share");
  }

  /**
   * Waits until nobody shares these pictures, and keeps others from showing them.
   *
   * @return those the project has; only they may be dropped, others may come in any time
   */
  static Set<String> claim(Handle handle, UUID projectId, Collection<String> sha256s) {
    return lock(handle, projectId, sha256s, "for update");
  }

  private static Set<String> lock(
      Handle handle, UUID projectId, Collection<String> sha256s, String strength) {
    if (sha256s.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        handle
            .createQuery(
                """
                select sha256 from dataset.picture
                where project_id = :project and sha256 = any(:asked) order by sha256
                """
                    + strength)
            .bind("project", projectId)
            .bind("asked", sha256s.toArray(String[]::new))
            .mapTo(String.class)
            .list());
  }
}
