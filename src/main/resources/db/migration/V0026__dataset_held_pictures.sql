-- Pictures that were brought for something else than an item, such as examples of a label. A holder needs the
-- picture for as long as it likes; where holder is the project itself, the picture was brought or let go at
-- held_at and waits for somebody to need it.
create table dataset.picture_hold (
  project_id uuid not null,
  sha256 text not null,
  holder uuid not null,
  held_at timestamptz not null,
  primary key (project_id, sha256, holder),
  foreign key (project_id, sha256) references dataset.picture on delete cascade
);
create index picture_hold_by_holder on dataset.picture_hold (holder);
create index picture_hold_waiting on dataset.picture_hold (held_at) where holder = project_id;
