"""What an office says of imports fits what the program does with them."""

import pytest

from bot.commands.importing import STORE
from content.registers.imports import COLUMNS, HOLDS, LISTING_YEARS
from handlers.registers.cells import READ


def test_every_register_that_can_be_imported_has_columns():
    assert set(COLUMNS) == set(STORE)


@pytest.mark.parametrize("register", COLUMNS)
def test_each_column_holds_something_readable(register):
    assert {HOLDS.get(column, "text") for column in COLUMNS[register]} <= set(READ)
    assert any(column.value for column in COLUMNS[register].values())


def test_whatever_is_known_of_a_column_is_known_of_one_that_exists():
    assert set(HOLDS) <= {column for columns in COLUMNS.values() for column in columns}
    assert LISTING_YEARS == 3
