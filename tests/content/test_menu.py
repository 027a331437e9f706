"""The account's menu keeps the platform's limits and leads somewhere."""

from typing import get_args

from content.menu import Key, menu
from handlers.chat.routing import TABLE

BASE = "https://sj.example.gov.cn"


def leaves(buttons):
    for button in buttons:
        yield from leaves(button["sub_button"]) if "sub_button" in button else [button]


def test_every_key_is_answered_and_every_word_can_be_tapped():
    keys = {leaf["key"] for leaf in leaves(menu(BASE)["button"]) if leaf["type"] == "click"}
    assert keys <= set(TABLE.vocabulary.menu) == set(get_args(Key))
    assert all(len(key.encode()) <= 128 for key in keys)


def test_pages_are_linked_under_the_public_address():
    links = [leaf["url"] for leaf in leaves(menu(BASE)["button"]) if leaf["type"] == "view"]
    assert links
    assert all(link.startswith(f"{BASE}/") for link in links)
