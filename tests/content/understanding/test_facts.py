"""The words before what writers tell of themselves: lists that an office may extend."""

from content.understanding.facts import FACTS


def test_the_single_surnames_stand_in_one_row_and_the_double_ones_behind_it():
    single, *double = FACTS["surnames"]
    assert len(single) == len(set(single))
    assert {len(name) for name in double} == {2}
