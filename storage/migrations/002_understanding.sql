-- What is understood of a submission beside the citizen's own words, and how submissions belong together.

alter table submission add column product text not null default '';
alter table submission add column online text not null default '';      -- the shopping platform; '' for a street
alter table submission add column township text not null default '';
alter table submission add column outside text not null default '';     -- the region it is in when not ours
alter table submission add column food bigint not null default 1;
alter table submission add column business text not null default '';    -- id in the register, when it was matched
alter table submission add column sibling text not null default '';     -- number: the other half of one message
alter table submission add column joined text not null default '';      -- number: treated together with it (并案)
alter table submission add column external_at text not null default ''; -- when 12315 registered it
create index submission_merchant on submission (merchant);

alter table identity add column principal text;                         -- sealed: for whom an agent complains
alter table identity add column phone_digest text;
create index identity_phone on identity (phone_digest);

create index inbox_sender on inbox (sender, received_at);
