-- Who gave a label that came back: people or the machine of a job; null where that was not told.
alter table dataset.item_label
  add column source text check (source in ('HUMAN', 'MACHINE')),
  add column job_id uuid;

update dataset.item_label l set source = b.source, job_id = b.job_id
from labeling.job j join labeling.label b on b.job_id = j.id and b.superseded_at is null
where j.result_version = l.version and b.item_id = l.item_id;

-- Of the labelled items: whose label is from people of a job, from its machine, and from a machine without any
-- other label before it.
alter table dataset.dataset_version
  add column labeled_by_people int not null default 0,
  add column labeled_by_machine int not null default 0,
  add column labeled_by_machine_alone int not null default 0;

update dataset.dataset_version v
set labeled_by_people = c.people, labeled_by_machine = c.machine, labeled_by_machine_alone = c.alone
from (
  select n.dataset_id, n.number, count(*) filter (where l.source = 'HUMAN') as people,
    count(*) filter (where l.source = 'MACHINE') as machine,
    count(*) filter (where l.source = 'MACHINE' and i.known_labels is null and not exists (
      select from dataset.item_label e where e.item_id = i.id and e.version <= n.number
        and e.source is distinct from 'MACHINE')) as alone
  from dataset.dataset_version n join dataset.item i on i.dataset_id = n.dataset_id
    and i.added_in <= n.number and (i.removed_in is null or i.removed_in > n.number)
  cross join lateral (select source from dataset.item_label where item_id = i.id
    and version <= n.number order by version desc limit 1) l
  group by n.dataset_id, n.number) c
where v.dataset_id = c.dataset_id and v.number = c.number;
