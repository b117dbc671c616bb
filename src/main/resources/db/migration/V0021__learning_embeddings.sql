-- Embeddings that were imported for a dataset: an object of records by item.
create table learning.embedding (
  dataset_id uuid primary key references dataset.dataset,
  project_id uuid not null,
  -- SHA-256 of what was taken when it was read; deleted items leave the object, not the digest
  content_digest text not null,
  values_sha256 text not null,
  column_count int not null check (column_count >= 1),
  report jsonb not null,
  refused_sha256 text,
  read_at timestamptz not null
);

-- The newest reading of a file.
create table learning.embedding_reading (
  dataset_id uuid primary key references dataset.dataset,
  work_id uuid not null
);
