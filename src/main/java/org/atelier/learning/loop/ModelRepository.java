package org.atelier.learning.loop;

import java.util.List;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** SQL on stored models of rounds, and on what jobs start from. */
final class ModelRepository {

  private static final RowMapper<KeptModel> KEPT = RecordMapper.of(KeptModel.class);

  private final Jdbi jdbi;

  ModelRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void startFrom(UUID jobId, UUID earlier, int round, String modelSha256) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
        update learning.learner set start_job_id = :earlier, start_round = :round,
          start_model_sha256 = :model, revision = revision + 1
        where job_id = :job
        """)
                .bind("job", jobId)
                .bind("earlier", earlier)
                .bind("round", round)
                .bind("model", modelSha256)
                .execute());
  }

  /** Notes why there is no earlier model to start from, and forgets it. */
  void startNote(UUID jobId, String note) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
        update learning.learner set start_model_sha256 = null, start_note = :note,
          revision = revision + 1
        where job_id = :job
        """)
                .bind("job", jobId)
                .bind("note", note)
                .execute());
  }

  /**
   * A job and the model that a later one would start from: of its newest round with an audit, else
   * of its newest.
   */
  record KeptModel(UUID jobId, int round, String modelSha256, int humanLabels) {}

  /** Jobs of a project that have a stored model, newest first. */
  List<KeptModel> withModels(UUID projectId, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select l.job_id, r.number as round, r.model_sha256,
                      cast(r.report ->> 'humanLabels' as int) as human_labels
                    from learning.learner l
                    cross join lateral (
                      select number, model_sha256, report from learning.round
                      where job_id = l.job_id and model_sha256 is not null
                      order by report ->> 'audit' is null, number desc limit 1) r
                    where l.project_id = :project
                    order by l.job_id desc limit :most
                    """)
                .bind("project", projectId)
                .bind("most", most)
                .map(KEPT)
                .list());
  }

  /** Whether a model belongs to a round of the job. */
  boolean hasModel(UUID jobId, String modelSha256) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select from learning.round
                      where job_id = :job and model_sha256 = :model)
                    """)
                .bind("job", jobId)
                .bind("model", modelSha256)
                .mapTo(Boolean.class)
                .one());
  }

  /** Every object that loops still need: states, planned steps and models. */
  List<String> objects() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select state_sha256 from learning.learner where state_sha256 is not null
                    union select directive_sha256 from learning.step where applied_at is null
                    union select state_sha256 from learning.step where applied_at is null
                    union select model_sha256 from learning.step
                      where applied_at is null and model_sha256 is not null
                    union select r.model_sha256 from learning.round r
                      where r.model_sha256 is not null
                        and (r.report ->> 'audit' is not null or r.number = (
                          select max(number) from learning.round
                          where job_id = r.job_id and model_sha256 is not null))
                    union select start_model_sha256 from learning.learner
                      where start_model_sha256 is not null
                    """)
                .mapTo(String.class)
                .list());
  }
}
