-- additive
-- Notices about submissions stay with their case; the others are forgotten, the oldest first.

create index outbox_passing on outbox (sent_at) where state = 'sent' and topic <> 'submission';

-- Papers of a case, as they were made, without whoever handed it in.
create table paper (
    id text primary key,
    submission text not null references submission (id) on delete cascade,
    kind text not null,                   -- code of content/papers/papers.toml
    title text not null,
    number text not null,
    made_by text not null,
    made_at text not null,
    text text not null                    -- lines of content/papers/texts.py
);
create unique index paper_number_once on paper (number);
create index paper_submission on paper (submission);

-- The last number of each series and year.
create table paper_number (
    series text not null,
    year bigint not null,
    last bigint not null,
    primary key (series, year)
);
