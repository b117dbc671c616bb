-- What remains of a picture that was removed for good and was no item: that it was there, who removed it and why.
-- erased_at is null until its bytes are gone, and stays null while an item shows the same picture.
create table dataset.picture_tombstone (
  project_id uuid not null,
  sha256 text not null,
  reason text not null,
  removed_by uuid,
  removed_at timestamptz not null,
  erased_at timestamptz,
  primary key (project_id, sha256)
);
