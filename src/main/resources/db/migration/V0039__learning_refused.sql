-- A job rests because what it promises for the whole dataset cannot be kept.
alter table learning.learner add column refused boolean not null default false;
