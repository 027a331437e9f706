"""The states of a parcel: every verb leads to one state, from where the table allows it and from nowhere else."""

import pytest

from storage.notices import outbox
from storage.notices.parcel import NEXT, State, Subject, Topic

ONE = Subject(Topic.SUBMISSION, "s1", "1")
TABLE = """
from     waiting sending sent held failed
waiting     .       x      x    .     .
sending     x       x      x    x     x
sent        x       .      .    .     .
held        x       .      x    .     x
failed      .       .      x    .     .
"""
VERBS = {
    "again": lambda tx, id: outbox.again(tx, id, due_at=tx.now, error="e"),
    "attempt": lambda tx, id: outbox.attempt(tx, id, "customer"),
    "bounce": lambda tx, id: outbox.bounce(tx, id, "template", "e"),
    "claim": lambda tx, id: outbox.claim(tx, "notice"),
    "fail": lambda tx, id: outbox.fail(tx, id, "e"),
    "give up": lambda tx, id: outbox.give_up(tx, tx.now, 9),
    "hold": lambda tx, id: outbox.hold(tx, id, "e"),
    "remind": lambda tx, id: outbox.remind(tx, id, "template", "1", "e"),
    "renew": lambda tx, id: outbox.renew(tx, id),
    "sent": lambda tx, id: outbox.sent(tx, id),
    "told by staff": lambda tx, id: outbox.told_by_staff(tx, ONE, "phone", tx.now),
    "wake": lambda tx, id: outbox.wake(tx, tx.vault.digest("o1", "openid")),
}
LEADS = """
verb           waiting  sending  sent     held     failed
again          waiting  waiting  sent     held     failed
attempt        waiting  sending  sent     held     failed
bounce         waiting  sending  waiting  waiting  failed
claim          sending  sending  sent     held     failed
fail           waiting  failed   sent     held     failed
give up        waiting  sending  sent     failed   failed
hold           waiting  held     sent     held     failed
remind         waiting  held     sent     held     failed
renew          waiting  sending  sent     held     failed
sent           waiting  sent     sent     sent     failed
told by staff  sent     sending  sent     sent     sent
wake           waiting  sending  sent     waiting  failed
"""


def rows(table):
    """(beginning of the line, cells) of every line below the heading."""
    return [line.rsplit(None, len(State)) for line in table.strip().splitlines()[1:]]


def test_the_table_of_states_is_this():
    drawn = [[state, *("x" if after in NEXT[state] else "." for after in State)] for state in NEXT]
    assert drawn == rows(TABLE)
    assert list(NEXT) == list(State)


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [(verb, state, after) for verb, *cells in rows(LEADS) for state, after in zip(State, cells, strict=True)],
)
def test_a_verb_leads_where_the_table_says_and_touches_nothing_else(db, ask, clock, verb, before, after):
    db.write(lambda tx: outbox.put(tx, "notice", ONE, openid="o1"))
    db.write(lambda tx: tx.run("update outbox set state = :s, due_at = :at", s=before, at=tx.stamp))
    id = ask(lambda tx: tx.value("select id from outbox"))
    clock.advance(seconds=1)
    db.write(lambda tx: VERBS[verb](tx, id))
    assert ask(lambda tx: tx.value("select state from outbox")) == after


def test_every_verb_is_in_the_table():
    assert [verb for verb, *_ in rows(LEADS)] == sorted(VERBS)


def test_a_step_the_table_does_not_know_is_a_defect_and_says_so(db):
    with pytest.raises(ValueError, match="from failed to held"):
        db.write(lambda tx: outbox._to(tx, "1", State.HELD, from_={State.FAILED}))


def test_whoever_comes_late_changes_nothing(db, ask, clock):
    """The lease ran out, somebody else brought it: the first must not have it brought once more."""
    db.write(lambda tx: outbox.put(tx, "notice", ONE, openid="o1"))
    first = db.write(lambda tx: outbox.claim(tx, "notice"))
    clock.advance(seconds=16)
    second = db.write(lambda tx: outbox.claim(tx, "notice"))
    assert db.write(lambda tx: outbox.sent(tx, second.id, "customer"))
    db.write(lambda tx: outbox.again(tx, first.id, due_at=tx.now, error="late"))
    assert ask(lambda tx: tx.one("select state, attempts from outbox")) == {"state": "sent", "attempts": 0}
