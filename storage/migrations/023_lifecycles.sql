-- The lifecycles as the orders have them: the day each step was really taken, how long a period stood still or was
-- extended, what an officer proposed, and the ground that was chosen. Reports are not "declined", they lead to no case.

alter table deadline add column started_on text;
alter table deadline add column unit text not null default '';  -- workday | day
alter table deadline add column met_on text;                    -- null: of what was closed before only closed_at is known
alter table deadline add column suspended_on text;
alter table deadline add column stood bigint not null default 0;     -- so many of its units it stood still
alter table deadline add column extended bigint not null default 0;
alter table deadline add column unsure bigint not null default 0;  -- nobody has compared the rule with its source

update deadline set unit = case
    when code = 'report.case' then 'day'
    when code = 'complaint.mediate' and basis like '%121%' then 'day'
    else 'workday' end;
-- The rule was in doubt then, the calendar was not.
update deadline set provisional = 0 where code = 'complaint.accept' and basis like '%20%' and basis not like '%121%';

-- What an office took in of the State Council's notices: the days that are not as the week has them.
create table calendar_day (
    day text primary key,
    works bigint not null,
    name text not null,
    taken_at text not null
);
create index deadline_provisional on deadline (due_on) where provisional = 1 and state in ('open', 'suspended');

alter table submission add column stage_on text;                -- null: the day of receipt
alter table submission add column proposal text not null default '';  -- file | not_file
alter table submission add column ground text not null default '';

update submission set stage = 'not_filed' where stage = 'declined' and kind = 'report';
update submission set stage = 'settled' where stage = 'concluded' and kind = 'complaint';
delete from tally where name = 'stage';
insert into tally (name, value, n) select 'stage', stage, count(*) from submission group by stage;
