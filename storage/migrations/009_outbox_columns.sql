-- What a parcel is about stands in columns instead of a subject that has to be taken apart. Ids have 24 digits.

create table outbox_new (
    id text primary key,
    kind text not null,                   -- media | notice | article | tags | alarm_webhook | alarm_command
    topic text not null,                  -- submission | alarm | reward | release | evidence | pictures | …
    about text not null,                  -- the id of that
    cause text not null,                  -- what of it: a version, the number of a call; '' where there is but one
    part bigint not null,                 -- from 1: a long text goes in parts
    recipient text not null,              -- digest; '' for nobody
    addressee text,                       -- sealed openid
    payload text not null,                -- sealed JSON
    state text not null,                  -- waiting | sending | sent | held | failed
    attempts bigint not null,
    due_at text not null,
    leased_until text,
    error text,
    created_at text not null,
    sent_at text,
    way text not null default '',         -- being tried, or by which it was brought
    tried_at text,
    job text not null default '',         -- the platform's id of a short notice
    reminded text not null default '',    -- the way of a short notice sent ahead of it
    bounced text not null default '',     -- ways that turned out not to reach the person
    doubtful bigint not null default 0,   -- may have arrived: never sent again
    by_day text,                          -- the day by which the person must know
    unique (kind, topic, about, cause, recipient, part)
);
insert into outbox_new (id, kind, topic, about, cause, part, recipient, addressee, payload, state, attempts, due_at,
    leased_until, error, created_at, sent_at, way, tried_at, job, reminded, bounced, doubtful, by_day)
with known (prefix, topic, digits) as (values
    ('notice:', 'submission', 24), ('alarm:', 'alarm', 24), ('reward:', 'reward', 24), ('article:', 'release', 24),
    ('media:', 'evidence', 24), ('pictures:', 'pictures', 24), ('late:', 'message', 24), ('rest:', 'answer', 24),
    ('tags:', 'tags', 24), ('roster:', 'roster', 10))
select id, kind, topic, substr(subject, length(prefix) + 1, digits), substr(subject, length(prefix) + digits + 2), 1,
    coalesce(recipient, ''), addressee, payload, state, attempts, due_at, leased_until, error, created_at, sent_at,
    way, tried_at, job, reminded, bounced, doubtful, by_day
from outbox join known on subject like prefix || '%';
drop table outbox;
alter table outbox_new rename to outbox;

-- What stood behind the id: a version or the number of a call, a way, and the number of a further part.
update outbox set part = cast(substr(cause, length(rtrim(cause, '0123456789')) + 1) as bigint)
where (topic in ('submission', 'reward') and cause like '%:%') or (topic = 'alarm' and cause like '%:wechat:%')
    or (topic in ('pictures', 'message', 'answer') and cause <> '');
update outbox set cause = substr(cause, 1, length(cause) - length(ltrim(cause, '0123456789')))
where topic in ('submission', 'reward') or (topic = 'alarm' and cause not like 'taken:%');
update outbox set cause = 'taken' where topic = 'alarm' and cause like 'taken:%';
update outbox set cause = '' where topic in ('pictures', 'message', 'answer');

create index outbox_due on outbox (kind, state, due_at);
create index outbox_recipient on outbox (recipient, state);
create index outbox_about on outbox (topic, about);
create index outbox_by_day on outbox (by_day);

-- A task of staff knows its cause the same way.
create table task_new (
    id text primary key,
    kind text not null,                   -- tell | complete | refer | inform
    submission text not null references submission (id),
    cause text not null,                  -- the version that is to be told; '' where a submission has one of the kind
    title text not null,
    body text not null,
    due_on text not null,
    state text not null,                  -- open | done
    how text not null,                    -- phone | post | in_person | other | arrived
    happened_at text,
    note text not null,
    done_by text not null,
    done_at text,
    created_at text not null,
    unique (submission, kind, cause)      -- one task, however often it is caused
);
insert into task_new (id, kind, submission, cause, title, body, due_on, state, how, happened_at, note, done_by, done_at,
    created_at)
select id, kind, submission, case when cause like 'notice:%' then substr(cause, 33) else '' end, title, body, due_on,
    state, how, happened_at, note, done_by, done_at, created_at
from task;
drop table task;
alter table task_new rename to task;
create index task_open on task (state, due_on);
create index task_submission on task (submission, due_on);
