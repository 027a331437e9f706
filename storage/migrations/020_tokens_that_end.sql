-- additive
-- An API token may be good for some days only.

alter table staff_token add column expires_at text;  -- null: until it is revoked
