-- Whether an import failed by what was sent for it, so that continuing would fail the same way.
alter table dataset.import add column input_at_fault boolean not null default false;
