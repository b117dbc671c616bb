-- Items that one person more is asked about, to learn how often people agree; null where an item
-- could not be chosen for that.
alter table labeling.task add repeated boolean;

-- Chosen with the given probability, by a digest of job and item: independent of what the item is,
-- what it is asked for and what anybody says.
create function labeling.is_repeated(job uuid, item uuid, share double precision) returns boolean
language sql immutable as $$
  select case when share > 0 then
    cast(cast('x' || substr(md5(job::text || item::text), 1, 7) as bit(28)) as int)
      < share * 268435456 end
$$;
