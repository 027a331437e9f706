-- Columns are TEXT and BIGINT, times are UTC ISO-8601 of fixed width, booleans 0/1, JSON is TEXT.
-- "sealed" columns hold AES-GCM text (storage/engine/sealing.py), "digest" columns keyed digests.

create table inbox (
    id text primary key,
    dedupe text not null unique,          -- digest of sender, id, time and, for events, the body
    sender text not null,                 -- digest of the openid
    received_at text not null,
    body text not null,                   -- sealed raw message
    state text not null,                  -- handled | failed
    reply text,                           -- sealed answer as it went over the wire
    error text,
    attempts bigint not null default 0
);
create index inbox_failed on inbox (state, received_at);

create table follower (
    sender text primary key,
    openid text not null,                 -- sealed
    followed_at text not null
);

create table talk (
    sender text primary key,
    topic text not null,                  -- report | complaint
    answers text not null,                -- sealed
    started_at text not null,
    updated_at text not null
);

create table daily_number (day text primary key, last bigint not null);

create table submission (
    id text primary key,
    number text not null unique,
    kind text not null,                   -- report | complaint
    stage text not null,
    category text not null,
    merchant text not null,
    address text not null,
    latitude text,                        -- GCJ-02 degrees, as WeChat sends them
    longitude text,
    happened text not null,               -- when, in the citizen's words
    description text not null,            -- masked: telephone and identity numbers live with the identity
    demand text not null,
    source text not null,
    named bigint not null,
    received_at text not null,
    created_at text not null,
    updated_at text not null,
    version bigint not null,
    urgency bigint not null,
    reasons text not null,                -- JSON list of sentences
    unit text not null,
    assignee text not null,
    external_number text not null         -- of the national 12315 platform
);
create index submission_received on submission (received_at, id);
create index submission_stage on submission (stage, received_at);

create table identity (
    submission text primary key references submission (id),
    sender text,                          -- digest; null for a lead that staff entered
    openid text,                          -- sealed, like all that follow
    name text,
    phone text,
    address text,
    mentioned text                        -- numbers that stood in the description
);
create index identity_sender on identity (sender);

create table deadline (
    id text primary key,
    submission text not null references submission (id),
    code text not null,
    due_on text not null,
    state text not null,                  -- open | met
    basis text not null,
    provisional bigint not null,
    closed_at text
);
create index deadline_submission on deadline (submission);
create index deadline_open on deadline (state, due_on);

create table timeline (
    id text primary key,
    subject text not null,                -- submission or article id
    at text not null,
    kind text not null,                   -- move | note | said | answer | notice
    actor text not null,                  -- staff name, or 'citizen', or 'system'
    title text not null,
    body text not null,
    public bigint not null                -- the reporter may read it
);
create index timeline_subject on timeline (subject, at, id);

create table evidence (
    id text primary key,
    submission text references submission (id),
    sender text not null,                 -- digest; links pictures to words sent around them
    kind text not null,                   -- image | voice | video
    media text not null,                  -- the platform's media id, good for three days
    state text not null,                  -- awaited | stored | lost
    arrived_at text not null,
    sha256 text,
    bytes bigint,
    mime text,
    error text
);
create index evidence_submission on evidence (submission, arrived_at);
create index evidence_sender on evidence (sender, arrived_at);
create index evidence_file on evidence (sha256);

create table outbox (
    id text primary key,
    kind text not null,                   -- media | notice | article
    subject text not null unique,         -- what causes it: one row, however often it is caused
    recipient text,                       -- digest
    addressee text,                       -- sealed openid
    payload text not null,                -- sealed JSON
    state text not null,                  -- waiting | sending | sent | held | failed
    attempts bigint not null,
    due_at text not null,
    leased_until text,
    error text,
    created_at text not null,
    sent_at text
);
create index outbox_due on outbox (kind, state, due_at);
create index outbox_recipient on outbox (recipient, state);

create table article (
    id text primary key,
    title text not null,
    summary text not null,
    body text not null,
    category text not null,
    party text not null,
    cover text,                           -- SHA-256 in the file store
    author text not null,
    approver text not null,
    state text not null,
    reason text not null,
    channel text not null,                -- mass | publish | draft
    scheduled_at text,
    released_at text,
    url text not null,
    created_at text not null,
    updated_at text not null,
    version bigint not null
);
create index article_state on article (state, scheduled_at);
create index article_released on article (released_at, id);

create table picture (
    id text primary key,
    article text not null references article (id),
    sha256 text not null,
    mime text not null,
    created_at text not null
);
create index picture_article on picture (article, created_at);
create index picture_file on picture (sha256);

-- How far the platform has come with one scheduled article; each id is stored as it comes.
create table release (
    id text primary key,                  -- also the clientmsgid: at most 32 bytes
    article text not null references article (id),
    channel text not null,
    uploads text not null,                -- JSON, SHA-256 -> URL at the platform
    cover text,
    draft text,
    offered_at text,                      -- when the platform was first asked to send
    job text,                             -- msg_id or publish_id
    accepted_at text,
    polled_at text,
    closed_at text
);
create index release_article on release (article);
create index release_job on release (job);

-- Finish events, also those that come before their job id is known.
create table finish (
    channel text not null,
    job text not null,
    succeeded bigint not null,
    detail text not null,
    url text not null,
    at text not null,
    primary key (channel, job)
);

create table platform_token (
    app_id text primary key,
    token text not null,                  -- sealed
    expires_at text not null
);

create table staff (
    name text primary key,
    password text not null,               -- argon2id
    must_change bigint not null,
    roles text not null,                  -- JSON list
    unit text not null,
    failures bigint not null,
    locked_until text,
    disabled bigint not null,
    created_at text not null
);
create table staff_session (
    token text primary key,               -- digest, like the two below
    staff text not null references staff (name),
    csrf text not null,
    created_at text not null,
    seen_at text not null
);
create table staff_device (
    token text not null,
    staff text not null references staff (name),
    since text not null,
    primary key (token, staff)
);
create table staff_token (
    token text primary key,
    staff text not null references staff (name),
    created_at text not null
);

create table audit (
    seq bigint primary key,
    at text not null,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null,
    previous text not null,
    hash text not null
);
create index audit_subject on audit (subject, seq);
-- The newest link, under a keyed digest of its own, so that rows cut off at the end are missed.
create table audit_head (id bigint primary key, seq bigint not null, hash text not null, seal text not null);

create table tick (name text primary key, ran_at text not null);
create table demo_clock (id bigint primary key, offset_seconds bigint not null);
