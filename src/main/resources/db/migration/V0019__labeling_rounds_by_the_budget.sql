-- A round of 500 items was what a job had when nobody chose; that is 0 now: as the budget suggests.
update labeling.job set batch_size = 0 where batch_size = 500;
