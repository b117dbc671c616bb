-- A campaign run with simulated people on data whose labels are known.
create table learning.rehearsal (
  id uuid primary key,
  project_id uuid not null,
  dataset_id uuid not null references dataset.dataset,
  dataset_version int not null,
  settings jsonb not null,
  -- filled when it is done
  report jsonb,
  refusal text,
  work_id uuid not null,
  created_by uuid not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index rehearsal_by_project on learning.rehearsal (project_id, id desc);
