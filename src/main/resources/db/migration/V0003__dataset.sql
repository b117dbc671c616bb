create schema dataset;

create table dataset.dataset (
  id uuid primary key,
  project_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('IMAGE', 'TEXT')),
  description text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  latest_version int not null default 0,
  next_ordinal int not null default 0,
  unique (id, project_id)
);
create unique index dataset_name on dataset.dataset (project_id, lower(name));

-- An item belongs to version v when added_in <= v and (removed_in is null or removed_in > v).
create table dataset.dataset_version (
  dataset_id uuid not null references dataset.dataset,
  number int not null check (number >= 1),
  digest text not null,
  item_count int not null,
  added int not null,
  removed int not null,
  labeled int not null,
  note text not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (dataset_id, number)
);

create table dataset.item (
  id uuid primary key,
  dataset_id uuid not null references dataset.dataset,
  ordinal int not null,
  external_id text collate "C" not null,
  kind text not null check (kind in ('IMAGE', 'TEXT')),
  text text,
  metadata jsonb not null,
  known_labels text[],
  source_line text,
  added_in int not null,
  removed_in int,
  digest bytea not null,
  unique (dataset_id, ordinal),
  unique (dataset_id, external_id)
);
create index item_by_digest on dataset.item (dataset_id, digest);

create table dataset.item_view (
  item_id uuid not null references dataset.item,
  position int not null,
  name text not null,
  sha256 text not null,
  width int not null,
  height int not null,
  primary key (item_id, position)
);
create index item_view_by_picture on dataset.item_view (sha256);

-- Labels that came back: those of version v are the row with the greatest version <= v, else item.known_labels.
create table dataset.item_label (
  item_id uuid not null references dataset.item,
  version int not null,
  labels text[] not null,
  primary key (item_id, version)
);

-- What a deletion leaves: enough to say what is missing and to refuse it when it comes again.
create table dataset.tombstone (
  item_id uuid primary key references dataset.item,
  dataset_id uuid not null references dataset.dataset,
  version int not null,
  ordinal int not null,
  external_id text collate "C" not null,
  digest bytea not null,
  reason text not null,
  deleted_by uuid,
  deleted_at timestamptz not null,
  erased_at timestamptz
);
create index tombstone_by_version on dataset.tombstone (dataset_id, version, ordinal);
create index tombstone_not_erased on dataset.tombstone (dataset_id) where erased_at is null;

-- Pictures of a project; the bytes lie in the object store under the digest.
create table dataset.picture (
  project_id uuid not null,
  sha256 text not null,
  media_type text not null,
  size bigint not null,
  width int not null,
  height int not null,
  primary key (project_id, sha256)
);
create index picture_by_object on dataset.picture (sha256);

create table dataset.thumbnail (
  project_id uuid not null,
  sha256 text not null,
  long_side int not null,
  thumbnail_sha256 text not null,
  media_type text not null,
  size bigint not null,
  primary key (project_id, sha256, long_side),
  foreign key (project_id, sha256) references dataset.picture on delete cascade
);
create index thumbnail_by_object on dataset.thumbnail (thumbnail_sha256);

create table dataset.upload (
  id uuid primary key,
  project_id uuid not null,
  created_by uuid,
  created_at timestamptz not null,
  touched_at timestamptz not null
);
create index upload_by_age on dataset.upload (touched_at);

create table dataset.upload_file (
  upload_id uuid not null references dataset.upload on delete cascade,
  number int not null,
  name text not null,
  size bigint not null,
  received bigint not null default 0,
  primary key (upload_id, number),
  unique (upload_id, name)
);

create table dataset.import (
  id uuid primary key,
  project_id uuid not null,
  dataset_id uuid not null references dataset.dataset,
  work_id uuid,
  spec jsonb not null,
  source_name text not null,
  state text not null check (state in ('QUEUED', 'RUNNING', 'FAILED', 'CANCELLED', 'DONE')),
  message text,
  pending_version int not null,
  first_ordinal int not null,
  chain text,
  labeled int not null default 0,
  rows_done bigint not null default 0,
  bytes_done bigint not null default 0,
  total bigint not null default 0,
  added int not null default 0,
  present int not null default 0,
  refused int not null default 0,
  version int,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index import_by_dataset on dataset.import (dataset_id, id desc);
create index import_by_project on dataset.import (project_id, id desc);
create unique index import_one_open on dataset.import (dataset_id)
  where state in ('QUEUED', 'RUNNING', 'FAILED');

create table dataset.refusal (
  import_id uuid not null references dataset.import on delete cascade,
  row_number bigint not null,
  part int not null default 0,
  external_id text,
  reason text not null,
  primary key (import_id, row_number, part)
);

-- Places that manifests of a project may point to, allowed by an administrator.
create table dataset.source_prefix (
  project_id uuid not null,
  prefix text not null,
  location text not null,
  allowed_by uuid,
  allowed_at timestamptz not null,
  primary key (project_id, prefix)
);
