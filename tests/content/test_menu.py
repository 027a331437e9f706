"""The account's menu keeps the platform's limits and leads somewhere."""

from content.menu import menu
from handlers.chat.routing import TABLE

BASE = "https://sj.example.gov.cn"


def leaves(buttons):
    for button in buttons:
        yield from leaves(button["sub_button"]) if "sub_button" in button else [button]


def test_names_and_numbers_keep_the_platforms_limits():
    buttons = menu(BASE)["button"]
    assert 1 <= len(buttons) <= 3
    for button in buttons:
        assert len(button["name"].encode()) <= 16
        assert 1 <= len(button.get("sub_button", [0])) <= 5
        assert all(len(sub["name"].encode()) <= 60 for sub in button.get("sub_button", []))


def test_every_key_is_answered_and_every_word_can_be_tapped():
    keys = {leaf["key"] for leaf in leaves(menu(BASE)["button"]) if leaf["type"] == "click"}
    assert keys == set(TABLE.vocabulary.menu)
    assert all(len(key.encode()) <= 128 for key in keys)


def test_pages_are_linked_under_the_public_address():
    links = [leaf["url"] for leaf in leaves(menu(BASE)["button"]) if leaf["type"] == "view"]
    assert links
    assert all(link.startswith(f"{BASE}/") for link in links)
