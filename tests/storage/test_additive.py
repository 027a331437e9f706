"""What a migration may do that says of itself ``-- additive``: nothing that the version before would stumble over."""

import re

import pytest

from storage.migrations import ADDITIVE, MIGRATIONS, is_additive

KNOWN = r"(?:text|bigint)"
DEFAULT = r"(?: not null)? default (?:'[^']*'|-?\d+)"
TABLE = re.compile(r"create table (\w+) \((.*)\)")
COLUMN = re.compile(rf"alter table \w+ add column \w+ {KNOWN}(?:{DEFAULT})?")
INDEX = re.compile(r"create index \w+ on \w+ \(.*")
UNIQUE = re.compile(r"create unique index \w+ on (\w+) \(.*")
HOLDS = re.compile(r"references \w+ \(\w+\)(?! on delete cascade)")
"""The version before deletes rows and knows nothing of those that refer to them."""


def strange(sql: str) -> list[str]:
    """The statements that more than add."""
    plain = re.sub(r"\s+", " ", re.sub(r"--.*", "", sql)).strip().lower()
    statements = [part.strip() for part in plain.split(";") if part.strip()]
    made = {found[1] for one in statements if (found := TABLE.fullmatch(one))}

    def adds(one: str) -> bool:
        if TABLE.fullmatch(one):
            return not HOLDS.search(one)
        unique = UNIQUE.fullmatch(one)
        return bool(COLUMN.fullmatch(one) or INDEX.fullmatch(one)) or (unique is not None and unique[1] in made)

    return [one for one in statements if not adds(one)]


def test_what_is_called_additive_only_adds():
    assert {name: found for name, step in MIGRATIONS.items() if is_additive(step) and (found := strange(step))} == {}


def test_before_the_mark_could_be_kept_nothing_is_additive():
    assert all(name > "017" for name, step in MIGRATIONS.items() if is_additive(step))


@pytest.mark.parametrize(
    "sql",
    [
        "create table visit (\n    id text primary key,\n    staff text references staff (name) on delete cascade\n)",
        "alter table staff add column phone text",
        "alter table staff add column wishes text not null default ''",
        "alter table staff add column visits bigint not null default 0",
        "create index staff_unit on staff (unit) where disabled = 0",
        "create table visit (day text);\ncreate unique index visit_day on visit (day)",
    ],
)
def test_what_adds_passes(sql):
    assert strange(f"{ADDITIVE}{sql};\n") == []


@pytest.mark.parametrize(
    "sql",
    [
        "drop table visit",
        "drop index staff_unit",
        "alter table staff drop column unit",
        "alter table staff rename column unit to office",
        "alter table staff rename to person",
        "alter table staff add column wishes text not null",
        "alter table staff add column wishes text unique",
        "alter table evidence add column place text references place (id)",
        "create table visit (id text, evidence text references evidence (id))",
        "create unique index staff_unit on staff (unit)",
        "create trigger late after insert on staff begin select 1; end",
        "update staff set unit = ''",
        "delete from staff",
        "insert into staff (name) values ('x')",
    ],
)
def test_what_does_more_is_refused(sql):
    assert strange(f"{ADDITIVE}create table fine (id text);\n{sql};\n")


def test_only_the_first_line_of_sql_says_it():
    assert is_additive(f"{ADDITIVE}create table visit (id text);\n")
    assert not is_additive(f"create table visit (id text);\n{ADDITIVE}")
    assert not is_additive(lambda session, vault: None)
