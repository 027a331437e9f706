-- What key file and evidence folder belong to this database: one row, made at `init`.
create table installation (
    id bigint primary key,  -- 1
    made_at text not null,
    key text not null,      -- fingerprint of the key file
    proof text not null     -- sealed: the name of the installation, and the audit row that its chain is anchored at
);
