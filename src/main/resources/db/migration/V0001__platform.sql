create schema platform;

create table platform.audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  project_id uuid,
  person_id uuid,
  person_name text not null,
  action text not null,
  subject_type text not null,
  subject_id uuid,
  details jsonb not null,
  request_id text
);
create index audit_entry_by_project on platform.audit_entry (project_id, id desc);
create index audit_entry_by_subject on platform.audit_entry (subject_id, id desc);

create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name;
end $$;
create trigger audit_entry_is_append_only before update or delete or truncate
  on platform.audit_entry for each statement execute function platform.refuse_change();

create table platform.outbox (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  project_id uuid,
  type text not null,
  subject_id uuid,
  payload jsonb not null,
  transaction_id xid8 not null default pg_current_xact_id()
);
create index outbox_by_project on platform.outbox (project_id, id);
