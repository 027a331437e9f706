-- additive
-- A leader who is away lets somebody else decide for some days.

create table delegation (
    id text primary key,
    leader text not null references staff (name) on delete cascade,
    deputy text not null references staff (name) on delete cascade,
    since text not null,                  -- the first day
    until text not null,                  -- the last day
    made_at text not null,
    ended_at text                         -- null: until its last day
);
create index delegation_deputy on delegation (deputy, until);
create index delegation_leader on delegation (leader, until);
