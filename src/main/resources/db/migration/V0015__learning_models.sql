-- What was learned from a pool's items (filters, terms) is kept, so that features of appended items
-- are computed for those alone, and a later job can read its items with the same eyes.
alter table learning.feature_set
  add column method text not null default '',
  -- null for sets made before: nothing can be added to those
  add column learned_sha256 text;
alter table learning.feature_set alter column method drop default;

create table learning.feature_part (
  set_id uuid not null references learning.feature_set,
  first_row int not null,
  row_count int not null,
  values_sha256 text not null,
  primary key (set_id, first_row)
);
insert into learning.feature_part (set_id, first_row, row_count, values_sha256)
  select id, 0, row_count, values_sha256 from learning.feature_set;
alter table learning.feature_set drop column row_count, drop column values_sha256;
create unique index feature_set_of on learning.feature_set (dataset_id, digest)
  where learned_sha256 is not null;

alter table learning.learner
  -- why learning ended, null while it goes on
  add column stop text,
  -- the earlier job whose model this one starts from, its round and stored model; null without
  add column start_job_id uuid,
  add column start_round int,
  add column start_model_sha256 text,
  -- why the wished start was not possible, in words
  add column start_note text,
  -- answers and declines when a look last saw that number change, and when that was
  add column progress_seen bigint not null default 0,
  add column progress_at timestamptz;
create index learner_of_project on learning.learner (project_id);
