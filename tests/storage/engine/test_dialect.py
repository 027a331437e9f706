"""Our SQL as psycopg takes it."""

from enum import StrEnum

import pytest

from storage.engine.dialect import dialect, value


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("select a from t where b = :b", "select a from t where b = %(b)s"),
        ("name like :p escape '\\\\'", "name ilike %(p)s escape '\\\\'"),
        ("x = 'a:b like 50%' or y % :n = 0", "x = 'a:b like 50%%' or y %% %(n)s = 0"),
        ("cast(:x as text) || 'it''s :no'", "cast(%(x)s as text) || 'it''s :no'"),
    ],
)
def test_what_is_made_of_our_sql(ours, theirs):
    assert dialect(ours) == theirs


class Word(StrEnum):
    ONE = "one"


@pytest.mark.parametrize(
    ("ours", "theirs"), [(True, 1), (False, 0), (Word.ONE, "one"), ("x", "x"), (7, 7), (None, None)]
)
def test_values_are_plain(ours, theirs):
    assert (value(ours), type(value(ours))) == (theirs, type(theirs))
