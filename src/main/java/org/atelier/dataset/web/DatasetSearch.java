package org.atelier.dataset.web;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
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

  private static final int LOOKED_AT = 50;

  private final Jdbi jdbi;
  private final Access access;

  DatasetSearch(Jdbi jdbi, Access access) {
    this.jdbi = jdbi;
    this.access = access;
  }

  record Named(UUID id, UUID projectId, String name) {}

  @Override
  public List<Hit> find(Person person, String text, int limit) {
    String literal = text.replaceAll("([\\\\%_])", "\\\\$1");
    List<Named> named =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select id, project_id, name from dataset.dataset
                        where name ilike :text or id::text = lower(:id)
                        order by id desc limit :limit
                        """)
                    .bind("text", "%" + literal + "%")
                    .bind("id", text)
                    .bind("limit", LOOKED_AT)
                    .map(RecordMapper.of(Named.class))
                    .list());
    List<Hit> hits = new ArrayList<>();
    for (Named one : named) {
      if (hits.size() < limit && mayRead(one.projectId())) {
        ProjectRef project = access.project(one.projectId());
        String href = "/p/" + project.slug() + "/datasets/" + one.id();
        hits.add(new Hit("Dataset", one.name(), project.name(), href));
      }
    }
    return hits;
  }

  private boolean mayRead(UUID project) {
    return access.may(
        project, Role.REVIEWER, Role.MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN);
  }
}
