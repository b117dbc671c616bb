-- Deleting an item looks for what refers to it.
create index task_of_item on labeling.task (item_id);
create index suggestion_of_item on labeling.suggestion (item_id);
create index question_of_item on labeling.question (item_id);

-- A cancelled import whose items are still being deleted keeps its dataset closed to other imports.
alter table dataset.import add column taking_back boolean not null default false;
