-- What a task still asks to be filled in, which decision stands behind an outcome, and under which
-- limb of "major" a reward was approved.

alter table task add column missing text not null default '';   -- names of fields, parted by spaces
alter table submission add column outcome text not null default '';  -- the last stage of decision
alter table reward add column limb text not null default '';

update task set missing = trim(
    case when body like '%投诉人姓名%' then 'name ' else '' end
    || case when body like '%联系电话%' then 'phone ' else '' end
    || case when body like '%通讯地址%' then 'address ' else '' end
    || case when body like '%被投诉人名称%' then 'merchant ' else '' end
    || case when body like '%投诉请求%' then 'demand ' else '' end
    || case when body like '%具体线索%' then 'description' else '' end)
where kind = 'complete' and state = 'open';

update submission set outcome = stage
where stage in ('concluded', 'settled', 'terminated', 'declined', 'not_filed', 'referred');
update submission set outcome = 'concluded'
where kind = 'report' and stage in ('disputed', 'upheld')
    and exists (select 1 from timeline where timeline.subject = submission.id and timeline.title = '办结');
