"""The labelled conversations can be played, name nobody, and say nothing twice."""

import re
from collections import Counter

import pytest

from benchmarks.judges import READINGS
from content.knowledge import ENTRIES
from content.submissions import categories
from tests.conversations.citizen import LABELS, TURNS
from tests.conversations.labels import KINDS, PARTS, UNREADABLE, read, scored

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
NOBODYS = re.compile(r"1[3-9]\d0000\d{4}")
"""Made up, and seen to be."""
BOTH = [(kind, part) for kind in KINDS for part in PARTS]


def turns(label):
    return [*label.get("context", ()), *label.get("turns", ()), *([label["text"]] if "text" in label else ())]


def words(label):
    return tuple(turn for turn in turns(label) if isinstance(turn, str))


@pytest.mark.parametrize(("kind", "part"), BOTH)
def test_every_line_can_be_played_and_names_a_label_once(kind, part):
    for label in read(kind, part):
        for turn in turns(label):
            assert isinstance(turn, str) or (len(turn) == 1 and set(turn) <= set(TURNS)), label
        assert label.get("step", LABELS[0]) in LABELS
        assert label.get("as", "fact") in READINGS
        assert label.get("doubt", "x")


@pytest.mark.parametrize(("kind", "part"), BOTH)
def test_nobody_is_in_it(kind, part):
    for label in read(kind, part):
        for text in words(label):
            assert all(NOBODYS.fullmatch(number) for number in MOBILE.findall(text)), text


@pytest.mark.parametrize("kind", KINDS)
def test_no_message_is_judged_twice(kind):
    told = Counter((tuple(map(str, turns(label)))) for part in PARTS for label in read(kind, part))
    assert not [said for said, count in told.items() if count > 1]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "talks"])
def test_what_is_kept_from_whoever_tunes_is_worded_nowhere_in_the_open(kind):
    open_part, kept = ({label["text"] for label in read(kind, part)} for part in PARTS)
    assert open_part & kept <= {UNREADABLE}


@pytest.mark.parametrize("part", PARTS)
def test_a_talk_is_no_single_message(part):
    assert all(6 <= len(label["turns"]) <= 12 for label in read("talks", part))


@pytest.mark.parametrize("part", PARTS)
def test_what_is_expected_exists(part):
    for label in read("questions", part):
        wanted = label["entry"] if isinstance(label["entry"], list) else [label["entry"]]
        assert {*wanted} <= {*ENTRIES, None}
    for label in read("emergencies", part):
        assert {*(label["call"] if isinstance(label["call"], list) else [label["call"]])} <= {"110", "119", "120"}
    for label in read("talks", part):
        for one in label["stored"]:
            known = one.get("category", "other")
            assert {*(known if isinstance(known, list) else [known])} <= {*categories.CATEGORIES}
            assert one["kind"] in ("report", "complaint")


def test_what_is_doubted_is_left_out():
    assert len(scored("remarks", "open")) < len(read("remarks", "open"))
