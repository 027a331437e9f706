-- Rewards for reports (举报奖励). Who reported is found through the submission's identity and stands nowhere here.
create table reward (
    id text primary key,
    submission text not null unique references submission (id),
    state text not null,                  -- offered | applied | graded | approved | claimable | paid | declined
    level text not null,                  -- code of content/rewards.toml
    base text not null,                   -- confiscated and fined, decimal yuan
    amount text not null,                 -- decimal yuan
    basis text not null,
    grader text not null,
    approver text not null,
    reason text not null,
    voucher text not null,
    code text,                            -- digest of the claim code; null before it is sent and after it is void
    wrong_codes bigint not null,
    applied_at text,
    expires_on text not null,
    created_at text not null,
    updated_at text not null,
    version bigint not null
);
create index reward_state on reward (state, applied_at);
