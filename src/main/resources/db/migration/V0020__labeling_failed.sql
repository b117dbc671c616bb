-- Where a failed job was, and the work that failed: what trying again goes back to.
alter table labeling.job add column failed_from text;
alter table labeling.job add column failed_work uuid;
