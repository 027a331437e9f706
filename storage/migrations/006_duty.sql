-- Who is on duty and how staff are reached, the alarms of emergencies, and letters on officials' conduct.

create table duty (
    day text not null,                    -- the duty day, by the date it begins on
    position bigint not null,             -- place in the order of call, from 1
    staff text not null references staff (name),
    set_by text not null,
    set_at text not null,
    primary key (day, position)
);

create table staff_wechat (
    staff text primary key references staff (name),
    sender text not null unique,          -- digest of the openid
    openid text not null,                 -- sealed
    bound_at text not null
);
create table staff_phone (
    staff text primary key references staff (name),
    phone text not null                   -- sealed
);
create table binding_code (
    staff text primary key references staff (name),
    code text not null unique,            -- digest
    expires_at text not null
);
-- Wrong codes that one sender tried since then.
create table binding_try (sender text primary key, tries bigint not null, since text not null);

create table alarm (
    id text primary key,
    submission text not null unique references submission (id),
    reasons text not null,                -- JSON list of sentences
    state text not null,                  -- open | acknowledged
    round bigint not null,                -- how often the whole order of call was gone through, from 0
    raised_at text not null,
    next_at text not null,                -- when the next one is called
    acknowledged_by text,
    acknowledged_at text
);
create index alarm_open on alarm (state, raised_at);
create table alarm_call (
    id text primary key,
    alarm text not null references alarm (id),
    number bigint not null,               -- from 1
    round bigint not null,
    staff text not null,                  -- '' when there was nobody to call
    means text not null,                  -- JSON list: wechat | webhook | command
    called_at text not null,
    unique (alarm, number)
);

-- A box of its own: nothing here is a submission, and only the liaison opens it.
create table letter (
    id text primary key,
    reference text not null unique,
    openid text not null,                 -- sealed, like text and note; never shown
    text text not null,
    received_at text not null,
    state text not null,                  -- kept | referred
    referred_on text,
    referred_by text,
    note text,
    version bigint not null,
    updated_at text not null
);
create index letter_received on letter (received_at, id);
