"""Which routes a message meets: few, and in the order of the table."""

import pytest

from handlers.chat.route import Route, Table
from handlers.chat.routes import ROUTES
from handlers.chat.routing import TABLE
from storage.chat import follower, talk

SAFE = ["free_text.sticker", "resolving.answered", "alerts.heard", "help.exactly", "conduct.heard"]
SAID = ["followup.answered", "rewards.confirm"]
REST = ["guided.go_on", "afterwards.spoken", "free_text.understood", "help.anything_else"]


@pytest.fixture
def talking(service):
    service.db.write(lambda tx: talk.save(tx, follower.sender_of(tx, "o1"), "report", {"category": ""}))


@pytest.fixture
def met(context):
    def names(kind="text", **fields):
        made = context(kind, **fields)
        return [str(route) for route in TABLE.to_try(made) if route.fits(made)]

    return names


@pytest.mark.parametrize(
    ("text", "first", "meant"),
    [
        ("帮助", [], ["help.help"]),
        ("帮 助！", [], ["help.help"]),
        ("帮助 过期食品怎么赔", [], ["help.help"]),
        ("帮助我", [], []),
        ("曝光：青屏", ["lookup.exposures"], []),
        ("曝光这家黑店", [], []),
        ("曝光：", [], []),
        ("查询老王", ["lookup.look_up"], []),
        ("老王卖过期卤肉", [], []),
        ("", [], []),
    ],
)
def test_a_text_meets_the_route_of_its_word_and_what_takes_any_text(met, text, first, meant):
    assert met(Content=text) == [*first, *SAFE, *SAID, *meant, *REST]


def test_what_a_verb_or_staff_say_comes_before_the_answer_to_a_question(met):
    assert met(Content="补充 x") == [*SAFE, "followup.spoken", *SAID, *REST]
    assert met(Content="收到") == ["staff.confirmed", *SAFE, *SAID, *REST]


@pytest.mark.parametrize(
    ("text", "meant"), [("查老王", []), ("查 老王", ["lookup.look_up"]), ("查", ["lookup.look_up"])]
)
def test_in_a_talk_a_word_that_must_stand_apart_is_an_answer_when_it_does_not(talking, met, text, meant):
    assert met(Content=text) == [*meant, *SAFE, *SAID, *REST]


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("event:subscribe", "events.followed"),
        ("event:of_next_year", "events.silent"),
        ("event:click", "events.silent"),
    ],
)
def test_an_event_meets_its_route_alone(met, kind, first):
    assert met(kind) == [first]


def test_a_tapped_menu_meets_what_its_word_meets(met):
    assert met("event:click", EventKey="help") == met(Content="帮助")


def test_a_kind_that_nobody_knows_meets_what_takes_anything(met):
    assert met("hologram") == [*SAFE, *SAID, "guided.go_on", "afterwards.spoken", "help.anything_else"]


def test_a_route_that_declines_leaves_the_message_to_the_next(context):
    declining = Route(lambda _context: None, says="declines", sample={})
    assert "举报" in Table([declining, *ROUTES]).take(context(Content="帮助")).text


def test_a_table_that_nothing_ends_says_what_it_lacks(context):
    with pytest.raises(AssertionError, match="last of ROUTES"):
        Table([route for route in ROUTES if route.keys]).take(context("hologram"))
