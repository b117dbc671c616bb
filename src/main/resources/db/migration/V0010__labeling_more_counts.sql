-- More counts that are kept instead of being counted, in the way of labeling.tally:
--   O, D   key -1: open, declined tasks
--   S      key -1: answers that open tasks still ask for
--   Q      key -1: questions without an answer
create function labeling.tally_new_tasks() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select t.job_id, t.kind, -1, sum(t.value)
  from (
    select n.job_id, k.kind, case k.kind
        when 'O' then (n.state = 'OPEN')::int
        when 'D' then (n.state = 'DECLINED')::int
        else case when n.state = 'OPEN' then n.required - n.answered else 0 end end as value
    from changed_new n cross join (values ('O'), ('D'), ('S')) k (kind)
  ) t
  group by t.job_id, t.kind
  having sum(t.value) <> 0;
  return null;
end $$;

create function labeling.tally_changed_task() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select new.job_id, c.kind, -1, c.value
  from (values
    ('O', (new.state = 'OPEN')::int - (old.state = 'OPEN')::int),
    ('D', (new.state = 'DECLINED')::int - (old.state = 'DECLINED')::int),
    ('S', case when new.state = 'OPEN' then new.required - new.answered else 0 end
        - case when old.state = 'OPEN' then old.required - old.answered else 0 end)) c (kind, value)
  where c.value <> 0;
  return null;
end $$;

create trigger task_tally_insert after insert on labeling.task
  referencing new table as changed_new
  for each statement execute function labeling.tally_new_tasks();
-- Taking a task changes none of these, so the busiest statement pays only for the comparison.
create trigger task_tally_update after update on labeling.task
  for each row when (old.state <> new.state or old.required <> new.required
    or old.answered <> new.answered)
  execute function labeling.tally_changed_task();

create function labeling.tally_question() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.answer is null then
    insert into labeling.tally_change (job_id, kind, key, value) values (new.job_id, 'Q', -1, 1);
  elsif tg_op = 'UPDATE' and (old.answer is null) <> (new.answer is null) then
    insert into labeling.tally_change (job_id, kind, key, value)
    values (new.job_id, 'Q', -1, case when new.answer is null then 1 else -1 end);
  end if;
  return null;
end $$;
create trigger question_tally after insert or update on labeling.question
  for each row execute function labeling.tally_question();

insert into labeling.tally_change (job_id, kind, key, value)
select job_id, kind, -1, value
from (
  select job_id, count(*) filter (where state = 'OPEN') as o,
    count(*) filter (where state = 'DECLINED') as d,
    coalesce(sum(required - answered) filter (where state = 'OPEN'), 0) as s
  from labeling.task group by job_id) t
cross join lateral (values ('O', t.o), ('D', t.d), ('S', t.s)) v (kind, value)
where value <> 0;
insert into labeling.tally_change (job_id, kind, key, value)
select job_id, 'Q', -1, count(*) from labeling.question where answer is null group by job_id;

-- What a person did in a job on a day (UTC): current answers, and all time spent, also on answers
-- taken back. Only the person's own answers change a row, so nobody waits for anybody else.
create table labeling.worker_day (
  worker_id uuid not null references workforce.person,
  job_id uuid not null references labeling.job,
  day date not null,
  answers int not null,
  active_millis bigint not null,
  last_at timestamptz not null,
  primary key (worker_id, job_id, day)
) with (fillfactor = 70);
create index worker_day_by_job on labeling.worker_day (job_id, worker_id);

create function labeling.count_new_answers() returns trigger language plpgsql as $$
begin
  insert into labeling.worker_day as d (worker_id, job_id, day, answers, active_millis, last_at)
  select n.worker_id, n.job_id, (n.received_at at time zone 'UTC')::date,
    count(*) filter (where n.undone_at is null and n.replaced_at is null),
    sum(n.active_millis), max(n.received_at)
  from changed_new n group by 1, 2, 3 order by 1, 2, 3
  on conflict (worker_id, job_id, day) do update
    set answers = d.answers + excluded.answers,
      active_millis = d.active_millis + excluded.active_millis,
      last_at = greatest(d.last_at, excluded.last_at);
  return null;
end $$;

create function labeling.count_changed_answers() returns trigger language plpgsql as $$
begin
  update labeling.worker_day d set answers = d.answers + c.value
  from (
    select worker_id, job_id, (received_at at time zone 'UTC')::date as day, sum(sign) as value
    from (
      select worker_id, job_id, received_at, 1 as sign from changed_new
      where undone_at is null and replaced_at is null
      union all
      select worker_id, job_id, received_at, -1 from changed_old
      where undone_at is null and replaced_at is null
    ) s group by 1, 2, 3 having sum(sign) <> 0) c
  where d.worker_id = c.worker_id and d.job_id = c.job_id and d.day = c.day;
  return null;
end $$;

create trigger answer_day_insert after insert on labeling.answer
  referencing new table as changed_new
  for each statement execute function labeling.count_new_answers();
create trigger answer_day_update after update on labeling.answer
  referencing new table as changed_new old table as changed_old
  for each statement execute function labeling.count_changed_answers();

insert into labeling.worker_day (worker_id, job_id, day, answers, active_millis, last_at)
select worker_id, job_id, (received_at at time zone 'UTC')::date,
  count(*) filter (where undone_at is null and replaced_at is null),
  sum(active_millis), max(received_at)
from labeling.answer group by 1, 2, 3;

-- Own answers, newest first: the page of one person's work. Ids ascend with time.
create index answer_of_worker_by_id on labeling.answer (worker_id, id desc);
create index question_open on labeling.question (job_id, id desc) where answer is null;

-- Lists of a job's items: those that wait, and those with a label, each in order from anywhere.
create index task_waiting on labeling.task (job_id, state, ordinal)
  where state in ('OPEN', 'DECLINED');
drop index labeling.task_open;
drop index labeling.task_declined;
create index label_of_class on labeling.label (job_id, (class_indexes[1]), ordinal)
  where superseded_at is null;
