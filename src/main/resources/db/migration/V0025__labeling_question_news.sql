-- Answers given before pages told them once were shown at every load: they are no news.
update labeling.question set seen_at = answered_at where answer is not null and seen_at is null;
drop index labeling.question_by_person;
create index question_by_person on labeling.question (asked_by, id desc);
