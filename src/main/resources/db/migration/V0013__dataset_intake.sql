-- An upload begun again with the same key goes on where it stopped.
alter table dataset.upload add column resume_key text;
create unique index upload_by_key on dataset.upload (project_id, created_by, resume_key)
  where resume_key is not null;

-- Without a location the place is read from S3 itself.
alter table dataset.source_prefix alter column location drop not null;
