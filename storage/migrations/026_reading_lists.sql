-- additive
-- What staff open in the morning: what is new for whoever has it, what is due, and filters of the queue.

alter table submission add column fresh bigint not null default 0; -- 1: whoever it was given to has not opened it
create index submission_fresh on submission (fresh, created_at, id) where fresh = 1;
create index submission_open_due on submission (open, next_due, id) where open = 1;
create index submission_open_created on submission (open, created_at, id) where open = 1;
create index submission_due on submission (next_due, id);
create index submission_stage_due on submission (stage, next_due, id);
create index submission_township on submission (township, created_at, id);
create index submission_source on submission (source, created_at, id);
create index submission_stage_received on submission (stage, received_at, id);
