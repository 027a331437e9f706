"""A box opens with its own secret, in its own place, and the secret with its own passphrase."""

import pytest

from storage.engine import boxes
from storage.engine.boxes import Locked, Pair

PASSPHRASE = "柳树下的三块石头7"
PLACE, ROW = "letter.text", "01a2"


@pytest.fixture(scope="module")
def pair():
    return boxes.make_pair(PASSPHRASE)


@pytest.fixture(scope="module")
def opener(pair):
    return pair.unlock(PASSPHRASE)


@pytest.mark.parametrize("text", ["", "收了烟酒", "长" * 5000])
def test_what_is_put_in_comes_out(pair, opener, text):
    assert opener.open(pair.seal(text, PLACE, ROW), PLACE, ROW) == text


def test_nothing_of_it_shows_and_no_two_are_alike(pair):
    made = {pair.seal("收了烟酒", PLACE, ROW) for _ in range(10)}
    assert len(made) == 10
    assert not [one for one in made if "收了烟酒" in one]


@pytest.mark.parametrize(("place", "row"), [("letter.note", ROW), (PLACE, "01a3")])
def test_put_anywhere_else_it_does_not_open(pair, opener, place, row):
    with pytest.raises(Locked):
        opener.open(pair.seal("x", PLACE, ROW), place, row)


@pytest.mark.parametrize("spoil", [lambda box: "", lambda box: "!", lambda box: box[:-8] + "AAAAAAA="])
def test_what_was_changed_does_not_open(pair, opener, spoil):
    with pytest.raises(Locked):
        opener.open(spoil(pair.seal("x", PLACE, ROW)), PLACE, ROW)


def test_another_pair_opens_nothing(pair):
    other = boxes.make_pair(PASSPHRASE)
    with pytest.raises(Locked):
        other.unlock(PASSPHRASE).open(pair.seal("x", PLACE, ROW), PLACE, ROW)
    assert other.fingerprint != pair.fingerprint


@pytest.mark.parametrize("wrong", ["", PASSPHRASE + " ", "柳树下的三块石头8"])
def test_another_passphrase_does_not_unlock(pair, wrong):
    with pytest.raises(Locked):
        pair.unlock(wrong)


def test_a_private_key_beside_another_public_one_does_not_unlock(pair):
    other = boxes.make_pair(PASSPHRASE)
    for wrong in (Pair(other.public, pair.locked), Pair(pair.public, "")):
        with pytest.raises(Locked):
            wrong.unlock(PASSPHRASE)


def test_a_fingerprint_can_be_read_out(pair):
    assert [len(part) for part in pair.fingerprint.split()] == [4, 4, 4, 4]


def test_printing_tells_no_secret(pair, opener):
    assert pair.locked not in repr(pair)
    assert "private" not in repr(opener)
