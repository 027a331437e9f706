-- What a citizen does once a submission is stored.

alter table submission add column unread bigint not null default 0;          -- added to since staff last opened it
alter table submission add column asked_at text;                             -- staff wait for an answer since then
alter table submission add column decided_by text not null default '';       -- who closed it: may not review it
alter table submission add column confirmed_at text;                         -- the outcome suits the citizen
alter table submission add column disputed_at text;                          -- it does not; once per submission
alter table submission add column rating bigint not null default 0;          -- 1 to 5, 0 for none; for staff only
alter table submission add column rated_at text;
create index submission_unread on submission (unread);

-- What a citizen was asked about stored submissions: which one, yes or no, a name.
create table pending (
    sender text primary key,              -- digest
    verb text not null,
    asked text not null,                  -- sealed JSON: numbers to choose from, answers so far
    asked_at text not null
);

create table receipt (
    digest text primary key,              -- of the token in the address
    submission text not null unique references submission (id),
    token text not null                   -- sealed, so that the address can be told again
);
