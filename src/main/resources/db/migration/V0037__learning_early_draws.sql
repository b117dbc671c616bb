-- A random order of the items that were open when the step under way read what people had said. Those
-- handed out so far are the first draws of the audit that the step may open.
create table learning.early_draws (
  job_id uuid primary key references learning.learner on delete cascade,
  items uuid[] not null,
  handed_out int not null default 0
);
