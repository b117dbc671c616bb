-- Files of a folder or archive that nothing was read from, and where its labels came from.
alter table dataset.import
  add column left_out int not null default 0,
  add column left_out_names text[] not null default '{}',
  add column labels_file text,
  add column labels_file_candidates text[] not null default '{}';
