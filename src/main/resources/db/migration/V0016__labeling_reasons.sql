-- What somebody in charge decided is not what people said blind: its label says so.
update labeling.label l set reason = 'DECIDED'
from labeling.task t
where t.job_id = l.job_id and t.item_id = l.item_id and t.decided
  and l.source = 'HUMAN' and l.superseded_at is null;

-- Items that were asked to check what a model is sure of, in rounds that had no audit, were stored
-- as if an audit had drawn them.
update labeling.task t set reason = 'EXPLORED'
where t.reason = 'AUDIT' and exists (
  select from learning.round r
  where r.job_id = t.job_id and r.number = t.round and coalesce(r.report -> 'audit', 'null') = 'null');
update labeling.answer a set reason = 'EXPLORED'
from labeling.task t
where a.task_id = t.id and t.reason = 'EXPLORED' and a.reason = 'AUDIT';
update labeling.label l set reason = 'EXPLORED'
from labeling.task t
where l.job_id = t.job_id and l.item_id = t.item_id and t.reason = 'EXPLORED' and l.reason = 'AUDIT';
