-- Searching a dataset goes by indexes. A tsvector holds a megabyte at most: the beginning of a text
-- is searched.
create index item_words on dataset.item using gin (to_tsvector('simple', left(text, 100000)))
  where text is not null;
create index item_known_labels on dataset.item using gin (known_labels)
  where known_labels is not null;
create index item_metadata on dataset.item using gin (metadata) where metadata <> '{}';
create index item_label_labels on dataset.item_label using gin (labels);
