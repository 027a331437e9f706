-- What the platform refused, counted for all processes: the worker asks it, the web side shows the count.

create table platform_error (
    sign text primary key,
    count bigint not null,
    last_at text not null
);
