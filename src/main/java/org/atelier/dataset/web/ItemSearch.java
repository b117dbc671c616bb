package org.atelier.dataset.web;

import static java.util.stream.Collectors.toMap;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.Access;
import org.atelier.platform.Person;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.RecordMapper;
import org.atelier.platform.Role;
import org.atelier.platform.search.SearchSource;
import org.jdbi.v3.core.Jdbi;

/** Finds items by their whole external id, by the index that keeps these ids apart. */
@Singleton
class ItemSearch implements SearchSource {

  private static final Role[] READERS = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };

  private final Jdbi jdbi;
  private final Access access;

  ItemSearch(Jdbi jdbi, Access access) {
    this.jdbi = jdbi;
    this.access = access;
  }

  record Found(UUID id, UUID datasetId, UUID projectId, String dataset, String externalId) {}

  @Override
  public List<Hit> find(Person person, String text, int limit) {
    Map<UUID, ProjectRef> projects =
        access.projects(READERS).stream().collect(toMap(ProjectRef::id, project -> project));
    return jdbi.withHandle(
        h ->
            h
                .createQuery(
                    """
                    select i.id, d.id as dataset_id, d.project_id, d.name as dataset, i.external_id
                    from dataset.dataset d
                    join dataset.item i on i.dataset_id = d.id and i.external_id = :text
                    where d.project_id = any(:projects) and i.removed_in is null
                    order by i.id desc limit :limit
                    """)
                .bind("projects", projects.keySet().toArray(UUID[]::new))
                .bind("text", text)
                .bind("limit", limit)
                .map(RecordMapper.of(Found.class))
                .stream()
                .map(one -> hit(projects.get(one.projectId()), one))
                .toList());
  }

  private static Hit hit(ProjectRef project, Found item) {
    String address =
        "/p/" + project.slug() + "/datasets/" + item.datasetId() + "/items/" + item.id();
    return new Hit("Item", item.externalId(), item.dataset() + ", " + project.name(), address);
  }
}
