-- Digests of pictures that show a label and are no items.
alter table labeling.job_label add column example_pictures text[] not null default '{}';
