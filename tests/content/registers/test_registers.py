"""registers.toml is whole: every register is known by columns nobody can mistake."""

import pytest

from content.registers.registers import COLUMNS, FORMS, LISTING_YEARS, PLACES, TRADES
from handlers.registers.importing import READ, STORE


def test_every_register_that_can_be_imported_has_columns():
    assert set(COLUMNS) == set(STORE)


@pytest.mark.parametrize("register", COLUMNS)
def test_no_two_columns_share_a_name_and_each_holds_something_readable(register):
    names = [name.lower() for column in COLUMNS[register].values() for name in column.names]
    assert len(names) == len(set(names))
    assert {column.holds for column in COLUMNS[register].values()} <= set(READ)
    assert COLUMNS[register]["name"].value
    assert all(column.column for column in COLUMNS[register].values() if column.value)


def test_words_of_names_are_there_once():
    for words in (FORMS, TRADES, PLACES):
        assert len(words) == len(set(words)) > 0
        assert all(word.strip() == word and word for word in words)
    assert LISTING_YEARS == 3
