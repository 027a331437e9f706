"""The words of names are in the order in which they are looked for."""

from content.registers.names import FORMS


def test_the_longest_legal_form_is_looked_for_first():
    assert list(FORMS) == sorted(FORMS, key=len, reverse=True)
