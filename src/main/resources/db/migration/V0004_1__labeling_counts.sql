-- Counts of a job that are true at any size without counting rows: each statement that changes labels or
-- answers appends what it changed, and readers fold what was appended. Nobody waits for a counter.
--   H, M   key -1: items with a current human, machine label; key k: of them with class index k
--   A      key: hour since 1970 in which current answers arrived; T: milliseconds people spent on them
create table labeling.tally (
  job_id uuid not null references labeling.job,
  kind char(1) not null,
  key bigint not null,
  value bigint not null,
  primary key (job_id, kind, key)
);

create table labeling.tally_change (
  id bigint generated always as identity primary key,
  job_id uuid not null,
  kind char(1) not null,
  key bigint not null,
  value bigint not null
);
create index tally_change_by_job on labeling.tally_change (job_id);

create function labeling.tally_new_labels() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select n.job_id, left(n.source, 1), k.key, count(*)
  from changed_new n cross join lateral
    (select -1 as key union all select unnest(n.class_indexes)) k
  where n.superseded_at is null
  group by n.job_id, n.source, k.key;
  return null;
end $$;

create function labeling.tally_changed_labels() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select c.job_id, left(c.source, 1), k.key, sum(c.sign)
  from (
    select job_id, source, class_indexes, 1 as sign from changed_new where superseded_at is null
    union all
    select job_id, source, class_indexes, -1 from changed_old where superseded_at is null
  ) c cross join lateral (select -1 as key union all select unnest(c.class_indexes)) k
  group by c.job_id, c.source, k.key
  having sum(c.sign) <> 0;
  return null;
end $$;

create trigger label_tally_insert after insert on labeling.label
  referencing new table as changed_new
  for each statement execute function labeling.tally_new_labels();
create trigger label_tally_update after update on labeling.label
  referencing new table as changed_new old table as changed_old
  for each statement execute function labeling.tally_changed_labels();

create function labeling.tally_new_answers() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select n.job_id, k.kind, floor(extract(epoch from n.received_at) / 3600),
    sum(case k.kind when 'A' then 1 else n.active_millis end)
  from changed_new n cross join (values ('A'), ('T')) k (kind)
  where n.undone_at is null and n.replaced_at is null
  group by 1, 2, 3;
  return null;
end $$;

create function labeling.tally_changed_answers() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select c.job_id, k.kind, floor(extract(epoch from c.received_at) / 3600),
    sum(c.sign * case k.kind when 'A' then 1 else c.active_millis end)
  from (
    select job_id, received_at, active_millis, 1 as sign from changed_new
    where undone_at is null and replaced_at is null
    union all
    select job_id, received_at, active_millis, -1 from changed_old
    where undone_at is null and replaced_at is null
  ) c cross join (values ('A'), ('T')) k (kind)
  group by 1, 2, 3
  having sum(c.sign) <> 0;
  return null;
end $$;

create trigger answer_tally_insert after insert on labeling.answer
  referencing new table as changed_new
  for each statement execute function labeling.tally_new_answers();
create trigger answer_tally_update after update on labeling.answer
  referencing new table as changed_new old table as changed_old
  for each statement execute function labeling.tally_changed_answers();

-- Adds what was appended for a job to its counts; one at a time per job, others read without folding.
create function labeling.fold_tally(job uuid) returns void language plpgsql as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('tally ' || job, 0)) then
    return;
  end if;
  with gone as (
    delete from labeling.tally_change where job_id = job returning kind, key, value)
  insert into labeling.tally as t (job_id, kind, key, value)
  select job, kind, key, sum(value) from gone group by kind, key
  on conflict (job_id, kind, key) do update set value = t.value + excluded.value;
end $$;
