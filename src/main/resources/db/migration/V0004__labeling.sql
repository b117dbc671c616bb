create schema labeling;

create table labeling.job (
  id uuid primary key,
  project_id uuid not null references workforce.project,
  revision int not null default 0,
  state text not null check (state in
    ('DRAFT', 'RUNNING', 'PAUSED', 'COMPLETING', 'COMPLETED', 'STOPPED', 'FAILED')),
  state_reason text,
  state_since timestamptz not null,
  title text not null check (length(title) between 1 and 200),
  dataset_id uuid not null,
  dataset_version int not null,
  item_kind text not null check (item_kind in ('IMAGE', 'TEXT')),
  items int not null,
  task_type text not null check (task_type in ('SINGLE', 'MULTI')),
  instructions text not null,
  class_count int not null check (class_count between 1 and 1000),
  -- class indexes that only group others and cannot be chosen
  group_indexes int[] not null,
  everyone boolean not null,
  answers_per_item int not null check (answers_per_item between 1 and 9),
  most_answers int not null check (most_answers between answers_per_item and 9),
  method text not null,
  submit_on_choice boolean not null,
  show_suggestions boolean not null,
  lease_seconds int not null check (lease_seconds between 30 and 28800),
  grace_seconds int not null check (grace_seconds between 0 and 300),
  learning boolean not null,
  target double precision not null,
  scope text not null check (scope in ('MACHINE', 'DATASET')),
  risk double precision not null,
  batch_size int not null,
  learning_options jsonb not null,
  budget_answers int,
  budget_rounds int,
  answer_price numeric(12, 4),
  currency text,
  seed bigint not null,
  by_hand_reason text,
  -- first ordinal not yet asked when people are asked for every item in order, else null
  next_ordinal int,
  closed_round int not null default -1,
  result_version int,
  copied_from uuid references labeling.job,
  created_by uuid references workforce.person,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  foreign key (dataset_id, project_id) references dataset.dataset (id, project_id),
  foreign key (dataset_id, dataset_version) references dataset.dataset_version
);
create index job_by_project on labeling.job (project_id, id desc);
create index job_by_dataset on labeling.job (dataset_id);

create table labeling.job_label (
  job_id uuid not null references labeling.job on delete cascade,
  index int not null,
  name text not null check (length(name) between 1 and 100),
  color text,
  shortcut text,
  description text,
  parent int,
  examples uuid[] not null,
  primary key (job_id, index),
  unique (job_id, name)
);

create table labeling.job_worker (
  job_id uuid not null references labeling.job on delete cascade,
  person_id uuid not null references workforce.person,
  primary key (job_id, person_id)
);

create sequence labeling.task_position;

-- One item in one job. taken = live leases + answers that fill a slot; a slot is free while taken < required.
-- needed answers make a label unless they disagree; required grows beyond needed when they do.
create table labeling.task (
  id uuid primary key,
  job_id uuid not null references labeling.job,
  item_id uuid not null references dataset.item,
  ordinal int not null,
  round int not null,
  reason text not null,
  priority int not null,
  position bigint not null default nextval('labeling.task_position'),
  state text not null check (state in ('OPEN', 'SETTLED', 'DECLINED', 'WITHDRAWN')),
  needed int not null,
  required int not null,
  taken int not null default 0,
  answered int not null default 0,
  declines int not null default 0,
  -- asked once more because its label was doubted
  sent_back boolean not null default false,
  -- somebody in charge fixed the label; answers do not change it
  decided boolean not null default false,
  unique (job_id, item_id),
  check (0 <= answered and answered <= taken and taken <= required)
) with (fillfactor = 85);
create index task_queue on labeling.task (job_id, priority, taken, position)
  where state = 'OPEN' and taken < required;
create index task_open on labeling.task (job_id, round) where state = 'OPEN';
create index task_declined on labeling.task (job_id, round) where state = 'DECLINED';
create index task_in_order on labeling.task (job_id, ordinal);

-- One worker and one task, ever: taking a task again renews the same row.
create table labeling.lease (
  id uuid primary key,
  job_id uuid not null,
  task_id uuid not null references labeling.task,
  worker_id uuid not null references workforce.person,
  state text not null check (state in ('ACTIVE', 'ANSWERED', 'EXPIRED', 'RELEASED', 'DECLINED')),
  leased_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  decline_reason text,
  decline_text text,
  unique (task_id, worker_id)
) with (fillfactor = 85);
create index lease_expiry on labeling.lease (job_id, expires_at) where state = 'ACTIVE';
create index lease_held on labeling.lease (worker_id, job_id) where state = 'ACTIVE';

create table labeling.answer (
  id uuid primary key,
  job_id uuid not null,
  task_id uuid not null references labeling.task,
  lease_id uuid not null references labeling.lease,
  worker_id uuid not null references workforce.person,
  client_key uuid not null,
  class_indexes int[] not null,
  reason text not null,
  active_millis int not null check (active_millis >= 0),
  answered_at timestamptz not null,
  received_at timestamptz not null,
  surplus boolean not null,
  undone_at timestamptz,
  replaced_at timestamptz,
  unique (worker_id, client_key)
);
create unique index answer_current on labeling.answer (task_id, worker_id)
  where undone_at is null and replaced_at is null;
create index answer_by_worker on labeling.answer (worker_id, job_id, received_at desc);
create index answer_by_time on labeling.answer (job_id, received_at);

-- Never overwritten: a new label supersedes the current one.
create table labeling.label (
  id uuid primary key,
  job_id uuid not null references labeling.job,
  item_id uuid not null references dataset.item,
  ordinal int not null,
  class_indexes int[] not null,
  -- for several labels per item: those that at least one worker chose, with their confidences
  mentioned int[] not null,
  mentioned_confidences double precision[] not null,
  source text not null check (source in ('HUMAN', 'MACHINE')),
  confidence double precision not null check (confidence between 0 and 1),
  answers int not null,
  reason text,
  round int not null,
  model_digest text,
  created_at timestamptz not null,
  superseded_at timestamptz,
  superseded_why text
);
create unique index label_current on labeling.label (job_id, item_id) where superseded_at is null;
create index label_in_order on labeling.label (job_id, ordinal, source) where superseded_at is null;
create index label_of_item on labeling.label (item_id);
create index label_by_source on labeling.label (job_id, source, round);

create table labeling.suggestion (
  job_id uuid not null references labeling.job,
  item_id uuid not null references dataset.item,
  class_indexes int[] not null,
  confidence double precision not null,
  primary key (job_id, item_id)
);

create table labeling.question (
  id uuid primary key,
  job_id uuid not null references labeling.job,
  task_id uuid not null references labeling.task,
  item_id uuid not null references dataset.item,
  asked_by uuid not null references workforce.person,
  text text not null check (length(text) between 1 and 2000),
  asked_at timestamptz not null,
  answer text,
  answered_by uuid references workforce.person,
  answered_at timestamptz
);
create index question_by_job on labeling.question (job_id, id desc);
create index question_by_person on labeling.question (asked_by, job_id);

-- New work for a person; one row per person and job, renewed when there is new work again.
create table labeling.notice (
  person_id uuid not null references workforce.person,
  job_id uuid not null references labeling.job,
  at timestamptz not null,
  seen_at timestamptz,
  mailed_at timestamptz,
  primary key (person_id, job_id)
);
