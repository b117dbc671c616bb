-- Time spent on items that were skipped: paid like other time, but no time of an answer.
alter table labeling.worker_day add skipped_millis bigint not null default 0;
