-- A task that asked for more answers than anybody may still give: settled by what there was.
alter table labeling.task add column exhausted boolean not null default false;
create index task_exhausted on labeling.task (job_id, ordinal) where exhausted;
-- Items by hand that gave way to a disagreement when the budget was spent.
create index task_gave_way on labeling.task (job_id, ordinal)
  where state = 'WITHDRAWN' and reason = 'BY_HAND';

-- When the person who asked saw the answer.
alter table labeling.question add column seen_at timestamptz;
create index question_unseen on labeling.question (asked_by, job_id)
  where answer is not null and seen_at is null;
