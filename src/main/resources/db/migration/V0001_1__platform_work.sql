create table platform.work (
  id uuid primary key,
  project_id uuid,
  kind text not null,
  subject_id uuid,
  title text not null,
  payload jsonb not null,
  submitted_by text,
  submitted_at timestamptz not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  attempt int not null default 0,
  cancel_requested boolean not null default false,
  phase text not null default '',
  phase_done bigint not null default 0,
  phase_total bigint not null default 0,
  phase_started_at timestamptz,
  phase_started_with bigint not null default 0,
  progress_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  error text
);
create index work_by_project on platform.work (project_id, id desc);
create index work_unfinished on platform.work (project_id) where state in ('QUEUED', 'RUNNING');
create index work_by_subject on platform.work (subject_id, id desc);

create table platform.work_checkpoint (
  work_id uuid primary key references platform.work on delete cascade,
  json jsonb not null
);

create table platform.work_log (
  id bigint generated always as identity primary key,
  work_id uuid not null references platform.work on delete cascade,
  at timestamptz not null,
  line text not null
);
create index work_log_by_work on platform.work_log (work_id, id);

-- the scheduler's own table, in the shape its version 16 expects
create table platform.scheduled_task (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index scheduled_task_by_execution_time on platform.scheduled_task (execution_time);
create index scheduled_task_by_heartbeat on platform.scheduled_task (last_heartbeat);
