create schema learning;

-- Row r of a dataset's pool is its r-th item in order of ordinals; items of newer versions are
-- appended, deleted ones keep their row.
create table learning.pool_part (
  dataset_id uuid not null references dataset.dataset,
  first_row int not null,
  row_count int not null,
  last_ordinal int not null,
  items_sha256 text not null,
  primary key (dataset_id, first_row)
);

create table learning.pool_version (
  dataset_id uuid not null references dataset.dataset,
  dataset_version int not null,
  row_count int not null,
  primary key (dataset_id, dataset_version)
);

-- Features of the first row_count rows of a pool under one featurizer; kept until the pool's dataset
-- loses an item, then computed anew.
create table learning.feature_set (
  id uuid primary key,
  project_id uuid not null,
  dataset_id uuid not null references dataset.dataset,
  -- SHA-256 of everything that decides the values: method, its settings, seed
  digest text not null,
  description text not null,
  row_count int not null,
  layout text not null check (layout in ('DENSE', 'SPARSE')),
  column_count int not null,
  antisymmetric_from int not null,
  values_sha256 text not null,
  created_at timestamptz not null,
  unique (dataset_id, digest, row_count)
);

-- The learning loop of a job: what it has done so far and what it waits for.
create table learning.learner (
  job_id uuid primary key references labeling.job,
  project_id uuid not null,
  running boolean not null,
  phase text not null check (phase in
    ('PREPARING', 'STARTING', 'ASKING', 'AUDITING', 'WATCHING', 'BY_HAND', 'FINISHED')),
  phase_reason text,
  phase_since timestamptz not null,
  dataset_id uuid not null,
  dataset_version int not null,
  feature_set_id uuid references learning.feature_set,
  round int not null default 0,
  -- steps whose effects are in the database; the next one has this number
  step int not null default 0,
  state_sha256 text,
  -- tasks settled or given up when the newest step was applied, and tasks open after it
  settled_at_step bigint not null default 0,
  open_after_step bigint not null default 0,
  -- items of the round's reserve that were asked since, because the queue ran low
  reserve_used int not null default 0,
  work_id uuid,
  withdrawn_at timestamptz,
  withdrawn_why text,
  revision bigint not null default 0
);
create index learner_running on learning.learner (job_id) where running;

-- A step is planned, with everything it will do kept as an object, then applied in one transaction.
create table learning.step (
  job_id uuid not null references learning.learner,
  number int not null,
  round int not null,
  phase text not null,
  directive_sha256 text not null,
  state_sha256 text not null,
  model_sha256 text,
  planned_at timestamptz not null,
  applied_at timestamptz,
  primary key (job_id, number)
);

create table learning.round (
  job_id uuid not null references learning.learner,
  number int not null,
  model_sha256 text,
  report jsonb not null,
  lists jsonb,
  started_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (job_id, number)
);

create table learning.certificate (
  job_id uuid primary key references learning.learner,
  project_id uuid not null,
  -- text, not jsonb: the digest is over exactly these characters
  document text not null,
  digest text not null,
  issued_at timestamptz not null,
  affected_at timestamptz,
  affected_items int not null default 0
);

-- Items that were deleted for good: their rows stay empty and are never asked about.
create table learning.gone (
  dataset_id uuid not null references dataset.dataset,
  item_id uuid not null,
  primary key (dataset_id, item_id)
);
