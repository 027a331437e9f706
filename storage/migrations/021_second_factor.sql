-- additive
-- One-time passwords end, and it is known where each session is used.

alter table staff add column password_until text;  -- null: until it is changed, as those of the version before

alter table staff_session add column source text not null default '';   -- the address it was opened from
alter table staff_session add column browser text not null default '';
