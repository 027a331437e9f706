"""A refusal has words for people and a code for programs."""

from handlers.errors import HandlerError, Refused


def test_a_refusal_carries_both_and_what_else_is_known():
    refusal = Refused("stale", "刚被他人更新。", version=3)
    assert isinstance(refusal, HandlerError)
    assert (str(refusal), refusal.code, refusal.text, refusal.extra) == (
        *("刚被他人更新。", "stale", "刚被他人更新。"),
        {"version": 3},
    )
