-- An office of years: indexes that fit what is asked, and figures that are kept where they were counted.

-- The queue is ordered by the earliest open day, which stands in the row; '9999' without one.
drop index deadline_submission;
drop index deadline_open;
create index deadline_submission on deadline (submission, state, due_on);
alter table submission add column next_due text not null default '9999';
update submission
set next_due = coalesce((select min(d.due_on) from deadline d where d.submission = submission.id and d.state = 'open'), '9999')
where id in (select submission from deadline where state = 'open');

-- What is not closed yet. An index that holds only such rows begins with the column that says so: a planner without
-- statistics takes the index with the most equal columns.
alter table submission add column open bigint not null default 1;
update submission set open = 0
where stage not in ('triage', 'registered', 'assigned', 'accepted', 'verifying', 'case', 'disputed');

-- What a filter asks for besides stands in the index as well, so that only the rows of the page itself are fetched.
drop index submission_stage;
drop index submission_unread;
drop index submission_merchant;
create index submission_open on submission (open, urgency desc, next_due, received_at, id, kind, category, assignee)
    where open = 1;
create index submission_created on submission (created_at, id);
create index submission_stage on submission (stage, created_at, id, kind, category, assignee, urgency);
create index submission_category on submission (category, created_at, id, kind, assignee, urgency);
create index submission_assignee on submission (assignee, created_at, id);
create index submission_unit on submission (unit, created_at, id);
create index submission_urgent on submission (created_at, id) where urgency > 0;
create index submission_unread on submission (unread, created_at, id) where unread = 1;
create index submission_merchant on submission (merchant, received_at, id);
create index submission_business on submission (business, received_at, id) where business <> '';
create index submission_joined on submission (joined) where joined <> '';

-- How many submissions have which value of a column.
create table tally (
    name text not null,                   -- stage | unit | rating
    value text not null,
    n bigint not null,
    primary key (name, value)
);
insert into tally (name, value, n) select 'stage', stage, count(*) from submission group by stage;
insert into tally (name, value, n) select 'unit', unit, count(*) from submission where unit <> '' group by unit;
insert into tally (name, value, n)
select 'rating', cast(rating as text), count(*) from submission where rating > 0 group by rating;

drop index identity_sender;
drop index identity_phone;
create index identity_sender on identity (sender, submission);
create index identity_phone on identity (phone_digest, sender);
create index evidence_loose on evidence (arrived_at) where submission is null;

-- A lease is nothing but a later look: one column says when a parcel is looked at next.
drop index outbox_due;
drop index outbox_by_day;
update outbox set due_at = leased_until where state = 'sending' and leased_until is not null;
alter table outbox drop column leased_until;
alter table outbox add column asked bigint not null default 0; -- staff were asked to tell the person
update outbox set asked = 1
where topic = 'submission' and state in ('waiting', 'held', 'failed') and exists (
    select 1 from task t
    where t.submission = outbox.about and t.kind = 'tell' and t.cause = outbox.cause
        and (t.state = 'open' or t.how <> 'arrived')
);
create index outbox_due on outbox (kind, due_at, id) where state in ('waiting', 'sending');
create index outbox_held on outbox (created_at) where state = 'held';
create index outbox_sent on outbox (sent_at) where state = 'sent';
create index outbox_trouble on outbox (created_at, id)
    where state in ('held', 'failed') or (state = 'waiting' and attempts > 0);
create index outbox_untold on outbox (asked, by_day)
    where asked = 0 and topic = 'submission' and state in ('waiting', 'held', 'failed');
create index outbox_unsent on outbox (kind, state) where state <> 'sent';

drop index inbox_failed;
create index inbox_failed on inbox (attempts, received_at) where state = 'failed';
create index inbox_waiting on inbox (sender, error) where state = 'failed';
create index inbox_received on inbox (received_at);
create index contact_window_closed on contact_window (closes_at);
create index consent_page_created on consent_page (created_at);

drop index task_open;
create index task_open on task (state, due_on, id);
drop index reward_state;
create index reward_state on reward (state, applied_at, id);
create index reward_applied on reward (applied_at, id) where state <> 'offered';
create index alarm_call_staff on alarm_call (staff, alarm);

drop index article_released;
create index article_released on article (state, released_at, id);
create index article_category on article (state, category, released_at, id);
create index article_created on article (created_at, id);
create index article_shelf on article (state, created_at, id);
create index article_cover on article (cover) where cover is not null;
create index release_open on release (id) where closed_at is null;
