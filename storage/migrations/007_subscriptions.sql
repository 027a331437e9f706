-- What a follower asked to be sent (订阅): the choice is the consent, so it carries when it was given and withdrawn.
create table subscription (
    sender text not null,                 -- digest of the openid
    topic text not null,                  -- category:CODE | township:NAME
    given_at text not null,
    withdrawn_at text,
    primary key (sender, topic)
);
create index subscription_topic on subscription (topic, withdrawn_at);

-- The account's tags, as the platform last listed them.
create table platform_tag (
    app_id text not null,
    name text not null,
    id bigint not null,
    primary key (app_id, name)
);
