-- additive
-- Second factors, one-time passwords that end, and where each session is used.

create table staff_factor (
    staff text primary key references staff (name) on delete cascade,
    secret text not null,                 -- sealed
    since text not null,
    taken_at text not null                -- when the newest time step began of which a code was taken
);
create table staff_recovery (
    code text primary key,                -- digest
    staff text not null references staff (name) on delete cascade
);
create index staff_recovery_staff on staff_recovery (staff);

alter table staff add column password_until text;  -- null: until it is changed, as those of the version before

alter table staff_session add column proven bigint not null default 1;  -- 0: the password was right, the code is to come
alter table staff_session add column source text not null default '';   -- the address it was opened from
alter table staff_session add column browser text not null default '';
