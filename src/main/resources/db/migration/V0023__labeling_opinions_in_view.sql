-- The person who holds or held the task was shown what the machine thinks of it.
alter table labeling.lease add suggested boolean not null default false;
update labeling.lease l set suggested = true
from labeling.task t join labeling.job j on j.id = t.job_id and j.show_suggestions
join labeling.suggestion s on s.job_id = t.job_id and s.item_id = t.item_id
where l.task_id = t.id;
create index lease_suggested on labeling.lease (job_id) where suggested;
