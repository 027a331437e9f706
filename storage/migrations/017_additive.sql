-- Whether the version before can go on beside a migration (docs/decisions/0011-expand-then-contract.md).
alter table migration add column additive bigint not null default 0;
