-- Tasks are changed by compare-and-set like all that staff move.

alter table task add column version bigint not null default 1;
alter table task add column updated_at text not null default '';
