-- A feed is read in the order of transactions: a later transaction may have taken a smaller id.
create index outbox_in_order on platform.outbox (project_id, transaction_id, id);
drop index platform.outbox_by_project;
