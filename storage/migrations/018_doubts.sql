-- additive
-- What a message may have meant, asked of its sender, with the message itself, until that is answered.

create table doubt (
    sender text primary key,              -- digest
    kind text not null,
    held text not null,                   -- sealed JSON: the message
    asked_at text not null
);
create index doubt_asked_at on doubt (asked_at);

-- An unfinished talk rests when its citizen has left it; they are reminded of it once.

alter table talk add column openid text;  -- sealed
alter table talk add column rests_at text;
alter table talk add column reminded_at text;
create index talk_updated_at on talk (updated_at);
