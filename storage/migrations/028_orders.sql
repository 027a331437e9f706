-- additive
-- What comes from the lists of the two platforms: the number of a 12345 work order, how far it is, and a pasted link.

alter table submission add column order_number text not null default '';
alter table submission add column order_state text not null default '';  -- '' | received | signed | replied | satisfied | unsatisfied
alter table submission add column link text not null default '';
create index submission_external on submission (external_number) where external_number <> '';
create index submission_unregistered on submission (received_at, id) where external_number = '';

-- What a row of a list said when it was last taken in: a digest of its masked words.
create table platform_order (
    platform text not null,   -- orders12315 | orders12345
    number text not null,
    submission text not null,
    digest text not null,
    taken_at text not null,
    primary key (platform, number)
);
