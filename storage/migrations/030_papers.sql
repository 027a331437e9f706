-- additive
-- Notices about submissions stay with their case; the others are forgotten, the oldest first.

create index outbox_passing on outbox (sent_at) where state = 'sent' and topic <> 'submission';
