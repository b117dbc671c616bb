create schema home;

-- The datasets of the demo, and the jobs made of them once they are imported.
create table home.demo_dataset (
  dataset_id uuid primary key references dataset.dataset on delete cascade,
  project_id uuid not null references workforce.project,
  bundle text not null check (bundle in ('GARMENTS', 'DESCRIPTIONS')),
  job_id uuid references labeling.job,
  unique (project_id, bundle)
);
