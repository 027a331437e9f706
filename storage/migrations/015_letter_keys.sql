-- Letters open with the liaison's own secret: the pair that they are sealed to. A number is never given twice.
create table letter_key (
    number bigint primary key,
    staff text not null references staff (name),
    public text not null,
    locked text not null,                 -- the private key under the liaison's passphrase; '' once the pair is given up
    made_on text not null,
    chosen bigint not null                -- 1: letters go to it before they go to an older one
);
