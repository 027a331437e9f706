-- additive
-- What somebody of the staff has typed for a move and not sent yet.

create table draft (
    id text primary key,
    staff text not null references staff (name) on delete cascade,
    submission text not null references submission (id) on delete cascade,
    form text not null,      -- the move
    typed text not null,     -- sealed
    at text not null,
    unique (staff, submission, form)
);
create index draft_submission on draft (submission);
create index draft_at on draft (at);
