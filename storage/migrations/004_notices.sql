-- What may still be written to whom, by which way a notice went, and what is left for staff to tell.

create table contact_window (
    sender text not null,                 -- digest of the openid
    cause text not null,                  -- message | menu | follow | scan
    remaining bigint not null,            -- customer messages
    closes_at text not null,
    primary key (sender, cause)
);
create table consent (
    sender text not null,
    template text not null,
    remaining bigint not null,            -- subscription notices
    primary key (sender, template)
);
create table consent_page (
    token text primary key,               -- digest
    submission text not null references submission (id),
    created_at text not null
);

create table task (
    id text primary key,
    cause text not null unique,           -- one task, however often it is caused
    kind text not null,                   -- tell | complete
    submission text not null references submission (id),
    title text not null,
    body text not null,
    due_on text not null,
    state text not null,                  -- open | done
    how text not null,                    -- phone | post | in_person | other | arrived
    happened_at text,
    note text not null,
    done_by text not null,
    done_at text,
    created_at text not null
);
create index task_open on task (state, due_on);
create index task_submission on task (submission, due_on);

alter table outbox add column way text not null default '';       -- being tried, or by which it was brought
alter table outbox add column tried_at text;
alter table outbox add column job text not null default '';       -- the platform's id of a short notice
alter table outbox add column reminded text not null default '';  -- the way of a short notice sent ahead of it
alter table outbox add column bounced text not null default '';   -- ways that turned out not to reach the person
alter table outbox add column doubtful bigint not null default 0; -- may have arrived: never sent again
alter table outbox add column by_day text;                        -- the day by which the person must know
create index outbox_by_day on outbox (by_day);
