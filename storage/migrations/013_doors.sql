-- What the platform refused, counted for all processes: the worker asks it, the web side shows the count.

create table platform_error (
    sign text primary key,
    count bigint not null,
    last_at text not null
);

-- Wrong passwords, counted by where they came from (a digest) and in all, within a window that began then.

create table sign_in_failure (
    source text primary key,
    count bigint not null,
    since text not null
);
