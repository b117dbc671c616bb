-- Items that were answered after an audit had taken them back have their answers and their label: they are settled, so that
-- they can be decided, sent back and consolidated like any other.
update labeling.task t set state = 'SETTLED', required = t.taken
where t.state = 'WITHDRAWN' and t.answered > 0
  and exists (
    select from labeling.label l
    where l.job_id = t.job_id and l.item_id = t.item_id and l.superseded_at is null and l.source = 'HUMAN')
  and not exists (select from dataset.tombstone d where d.item_id = t.item_id);
