create schema workforce;

create table workforce.person (
  id uuid primary key,
  email text not null,
  display_name text not null,
  administrator boolean not null default false,
  simulated boolean not null default false,
  password_hash text,
  must_change_password boolean not null default false,
  failed_sign_ins int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null,
  version int not null default 0
);
create unique index person_email on workforce.person (lower(email));

create table workforce.session (
  token_hash bytea primary key,
  person_id uuid not null references workforce.person,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text not null
);
create index session_by_person on workforce.session (person_id);
create index session_by_expiry on workforce.session (expires_at);

create table workforce.access_token (
  id uuid primary key,
  person_id uuid not null references workforce.person,
  name text not null,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index access_token_by_person on workforce.access_token (person_id);

create table workforce.project (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  version int not null default 0
);

create table workforce.project_member (
  project_id uuid not null references workforce.project,
  person_id uuid not null references workforce.person,
  role text not null check (role in
    ('LABELER', 'EXPERT', 'REVIEWER', 'MANAGER', 'APPROVER', 'AUDITOR', 'ADMIN')),
  since timestamptz not null,
  primary key (project_id, person_id, role)
);
create index project_member_by_person on workforce.project_member (person_id);
