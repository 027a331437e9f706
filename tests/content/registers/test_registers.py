"""What an office says of registers fits what the program does with them."""

import pytest

from content.registers.imports import COLUMNS, HOLDS, LISTING_YEARS
from content.registers.names import FORMS
from handlers.registers.importing import READ, STORE


def test_every_register_that_can_be_imported_has_columns():
    assert set(COLUMNS) == set(STORE)


@pytest.mark.parametrize("register", COLUMNS)
def test_each_column_holds_something_readable(register):
    assert {HOLDS.get(column, "text") for column in COLUMNS[register]} <= set(READ)
    assert COLUMNS[register]["name"].value


def test_whatever_is_known_of_a_column_is_known_of_one_that_exists():
    assert set(HOLDS) <= {column for columns in COLUMNS.values() for column in columns}


def test_the_longest_legal_form_is_looked_for_first():
    assert list(FORMS) == sorted(FORMS, key=len, reverse=True)
    assert LISTING_YEARS == 3
