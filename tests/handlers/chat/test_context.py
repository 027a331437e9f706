"""What a message says, and who says it when."""

import pytest

from handlers.chat.routing import TABLE
from storage.chat import follower

MENU = TABLE.vocabulary.menu


@pytest.mark.parametrize("key", MENU)
def test_a_menu_key_stands_for_its_word(context, key):
    assert context("event:click", EventKey=key).word == MENU[key]


def test_an_unknown_key_and_what_is_no_text_say_nothing(context):
    assert context("event:click", EventKey="other").text == ""
    assert context("image", Content="举报").text == ""
    assert context("text").text == ""


def test_the_same_person_is_the_same_sender_and_another_is_not(context, ask):
    assert context().sender == ask(lambda tx: follower.sender_of(tx, "o1"))
    assert context().sender != ask(lambda tx: follower.sender_of(tx, "o2"))
