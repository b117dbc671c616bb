-- A correction takes over the time of the answer it replaces: the day counts that time once.
create or replace function labeling.count_changed_answers() returns trigger language plpgsql as $$
begin
  update labeling.worker_day d
  set answers = d.answers + c.value, active_millis = d.active_millis - c.moved_millis
  from (
    select worker_id, job_id, (received_at at time zone 'UTC')::date as day, sum(value) as value,
      sum(moved_millis) as moved_millis
    from (
      select n.worker_id, n.job_id, n.received_at,
        (n.undone_at is null and n.replaced_at is null)::int
          - (o.undone_at is null and o.replaced_at is null)::int as value,
        case when o.replaced_at is null and n.replaced_at is not null
          then n.active_millis else 0 end as moved_millis
      from changed_new n join changed_old o on o.id = n.id
    ) s group by 1, 2, 3 having sum(value) <> 0 or sum(moved_millis) <> 0) c
  where d.worker_id = c.worker_id and d.job_id = c.job_id and d.day = c.day;
  return null;
end $$;
