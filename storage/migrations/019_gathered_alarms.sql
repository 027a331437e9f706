-- additive
-- One alarm rings for all that one person reports, and for what many people report of one place.

alter table alarm add column lead text;                           -- id of the one that rings for it; null where it rings itself
alter table alarm add column reporter text;                       -- digest that no other table has; null when staff entered it
alter table alarm add column further bigint not null default 0;   -- 1: the same reporter stands before it in this alarm
alter table alarm add column news bigint not null default 0;      -- 1: whoever was called has not been told of it
alter table alarm add column told text not null default '';       -- what its reporter was told: '' | late | taken
-- `state` is joined where another one rings for it.

create index alarm_gathers on alarm (raised_at) where state <> 'joined';
create index alarm_lead on alarm (lead, further, raised_at);
create index alarm_reporter on alarm (reporter, raised_at);
create index alarm_news on alarm (raised_at) where news = 1;
create index alarm_untold on alarm (raised_at) where told <> 'taken' and further = 0 and reporter is not null;

-- In the queue the newest danger stands first. The version before reads submission_open, which a later one takes away.
alter table submission add column alarmed_at text not null default '';
create index submission_queue
    on submission (open, urgency desc, alarmed_at desc, next_due, received_at, id, kind, category, assignee)
    where open = 1;
