-- additive
-- A one-time password is good until a moment.

alter table staff add column password_until text;  -- null: until it is changed, as those of the version before
