-- Under which key the manifests of a source of labels, such as a job, have them: all of a version under the same.
create table dataset.label_attribute (
  source_id uuid not null,
  dataset_id uuid not null references dataset.dataset,
  version int not null,
  attribute text not null,
  primary key (source_id, dataset_id, version)
);
