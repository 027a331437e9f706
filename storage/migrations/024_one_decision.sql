-- A decision is one however its number is spelled, zeros are nobody's code, and an index has nobody who reads it.

create table spelled (
    id text primary key,
    identity text not null
);
insert into spelled select id, document from penalty;
update spelled set identity =
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(identity, '[', '〔'),
        '(', '〔'), '{', '〔'), '［', '〔'), '（', '〔'), '｛', '〔'), '【', '〔'), '﹝', '〔'), '﹙', '〔'), '「', '〔');
update spelled set identity =
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(identity, ']', '〕'),
        ')', '〕'), '}', '〕'), '］', '〕'), '）', '〕'), '｝', '〕'), '】', '〕'), '﹞', '〕'), '﹚', '〕'), '」', '〕');
update spelled set identity =
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(identity, '０', '0'),
        '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9');
update spelled set identity = replace(replace(identity, ' ', ''), '　', '');
create index spelled_identity on spelled (identity, id);
-- Of several the newest stays: what was imported last.
delete from penalty where exists (
    select 1 from spelled as own join spelled as newer on newer.identity = own.identity and newer.id > own.id
    where own.id = penalty.id
);
update penalty set identity = (select identity from spelled where id = penalty.id);
drop table spelled;

update penalty set code = '' where code = '000000000000000000';

drop index submission_open;
