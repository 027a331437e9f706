-- additive
-- Days of a penalty: whether it counts, or may be shown, is asked for a day.

alter table penalty add column restored_on text not null default '';  -- XYXF_RQ, day of credit restoration
alter table penalty add column revoked_on text not null default '';   -- CX_RQ, day of revocation
alter table penalty add column acted_on text not null default '';     -- WF_RQ, day of the act
