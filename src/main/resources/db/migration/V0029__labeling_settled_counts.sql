-- Two more counts that are kept instead of being counted, in the way of labeling.tally:
--   E      key -1: tasks with a human label (settled)
--   N      key -1: answers that fill a slot of a task, surplus ones not counted
-- What is counted below must not change while it is.
lock table labeling.task in share row exclusive mode;

create or replace function labeling.tally_new_tasks() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select t.job_id, t.kind, -1, sum(t.value)
  from (
    select n.job_id, k.kind, case k.kind
        when 'O' then (n.state = 'OPEN')::int
        when 'D' then (n.state = 'DECLINED')::int
        when 'E' then (n.state = 'SETTLED')::int
        when 'N' then n.answered
        else case when n.state = 'OPEN' then n.required - n.answered else 0 end end as value
    from changed_new n cross join (values ('O'), ('D'), ('E'), ('N'), ('S')) k (kind)
  ) t
  group by t.job_id, t.kind
  having sum(t.value) <> 0;
  return null;
end $$;

create or replace function labeling.tally_changed_task() returns trigger language plpgsql as $$
begin
  insert into labeling.tally_change (job_id, kind, key, value)
  select new.job_id, c.kind, -1, c.value
  from (values
    ('O', (new.state = 'OPEN')::int - (old.state = 'OPEN')::int),
    ('D', (new.state = 'DECLINED')::int - (old.state = 'DECLINED')::int),
    ('E', (new.state = 'SETTLED')::int - (old.state = 'SETTLED')::int),
    ('N', new.answered - old.answered),
    ('S', case when new.state = 'OPEN' then new.required - new.answered else 0 end
        - case when old.state = 'OPEN' then old.required - old.answered else 0 end)) c (kind, value)
  where c.value <> 0;
  return null;
end $$;

insert into labeling.tally_change (job_id, kind, key, value)
select job_id, kind, -1, value
from (
  select job_id, count(*) filter (where state = 'SETTLED') as e, sum(answered) as n
  from labeling.task group by job_id) t
cross join lateral (values ('E', t.e), ('N', t.n)) v (kind, value)
where value <> 0;
