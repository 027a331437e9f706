"""What tells of danger is data that an office extends: what must hold of it."""

from content.understanding.danger import DANGER_WEIGHTS, FIRST_AID, IDIOMS, SIGNS
from handlers.understanding.normal import read


def test_every_number_has_signs_that_call_by_themselves():
    assert {sign.number for sign in SIGNS if sign.certain} == {"110", "119", "120"}


def test_first_aid_is_one_line_that_says_whom_to_call_and_rests_on_a_source():
    assert {sign.first_aid for sign in SIGNS} - {""} == set(FIRST_AID)
    for aid in FIRST_AID.values():
        assert "先打120" in aid.line
        assert "\n" not in aid.line
        assert aid.basis


def test_idioms_are_written_as_texts_are_read():
    assert [idiom for idiom in IDIOMS if read(idiom).text != idiom] == []


def test_learned_weights_begin_somewhere():
    assert "" in DANGER_WEIGHTS
