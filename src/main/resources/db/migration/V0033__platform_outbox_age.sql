-- Events are removed by their age; they come in that order, so that a summary of blocks is enough.
create index outbox_by_age on platform.outbox using brin (at);
