-- The registers a citizen meets. `identity` is what a repeated import finds a row by.

create table business (
    id text primary key,
    identity text not null unique,        -- the code, or name@township of who has none
    name text not null,
    code text not null default '',        -- unified social credit code (GB 32100-2015)
    kind text not null default '',
    address text not null default '',
    township text not null default '',
    status text not null default '',
    spelling text not null default '',    -- what its keys were made of
    created_at text not null,
    updated_at text not null
);
create index business_code on business (code);
create index business_name on business (name);

-- What a business can be found by when its name is typed otherwise than registered.
create table business_key (
    key bigint not null,
    business text not null references business (id),
    primary key (key, business)
);
create index business_key_business on business_key (business);

create table penalty (
    id text primary key,
    identity text not null unique,        -- CF_WSH
    name text not null,                   -- CF_XDR_MC
    party_kind text not null default '',  -- CF_XDR_LB
    code text not null default '',        -- CF_XDR_SHXYM
    document text not null,               -- CF_WSH
    violation text not null default '',   -- CF_WFXW
    facts text not null default '',       -- CF_SY
    basis text not null default '',       -- CF_YJ
    category text not null default '',    -- CF_CFLB
    content text not null default '',     -- CF_NR
    fine text not null default '',        -- CF_NR_FK, decimal, 10,000 yuan
    confiscated text not null default '', -- CF_NR_WFFF, decimal, 10,000 yuan
    permit text not null default '',      -- CF_NR_ZKDX
    decided_on text not null,             -- CF_JDRQ
    valid_until text not null default '', -- CF_YXQ
    disclosed_until text not null default '', -- CF_GSJZQ
    authority text not null default '',   -- CF_CFJG
    authority_code text not null default '', -- CF_CFJGDM
    source text not null default '',      -- CF_SJLY
    source_code text not null default '', -- CF_SJLYDM
    note text not null default '',        -- BZ
    restored bigint not null default 0,   -- XYXF
    created_at text not null,
    updated_at text not null
);
create index penalty_code on penalty (code, decided_on);
create index penalty_name on penalty (name, decided_on);
create index penalty_decided on penalty (decided_on);

create table listing (
    id text primary key,
    identity text not null unique,        -- code or name, and the day
    name text not null,
    code text not null default '',
    reason text not null default '',
    decided_on text not null,
    decided_by text not null default '',
    listed_until text not null default '',
    removed_on text not null default '',
    created_at text not null,
    updated_at text not null
);
create index listing_code on listing (code);
create index listing_name on listing (name);

-- When each register was last brought up to date: what is shown is as of then.
create table register_import (register text primary key, imported_at text not null);
