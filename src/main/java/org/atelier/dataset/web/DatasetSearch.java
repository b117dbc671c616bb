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

/** Finds datasets by name or id for the search box. */
@Singleton
class DatasetSearch implements SearchSource {

  private static final Role[] READERS = {
    Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN
  };

  private final Jdbi jdbi;
  private final Access access;

  DatasetSearch(Jdbi jdbi, Access access) {
    this.jdbi = jdbi;
    this.access = access;
  }

  record Named(UUID id, UUID projectId, String name) {}

  @Override
  public List<Hit> find(Person person, String text, int limit) {
    Map<UUID, ProjectRef> projects =
        access.projects(READERS).stream().collect(toMap(ProjectRef::id, project -> project));
    String literal = text.replaceAll("([\\\\%_])", "\\\\$1");
    return jdbi.withHandle(
        h ->
            h
                .createQuery(
                    """
                    select id, project_id, name from dataset.dataset
                    where project_id = any(:projects)
                      and (name ilike :text or id::text = lower(:id))
                    order by id desc limit :limit
                    """)
                .bind("projects", projects.keySet().toArray(UUID[]::new))
                .bind("text", "%" + literal + "%")
                .bind("id", text)
                .bind("limit", limit)
                .map(RecordMapper.of(Named.class))
                .stream()
                .map(one -> hit(projects.get(one.projectId()), one))
                .toList());
  }

  private static Hit hit(ProjectRef project, Named dataset) {
    String href = "/p/" + project.slug() + "/datasets/" + dataset.id();
    return new Hit("Dataset", dataset.name(), project.name(), href);
  }
}
