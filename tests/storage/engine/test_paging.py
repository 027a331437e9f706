"""Pages follow each other without gap or repeat, whatever the directions of the order."""

from itertools import product

import pytest

from storage import audit
from storage.engine.paging import page
from storage.errors import BadCursor

ROWS = " union all ".join(f"select {a} as a, '{b}' as b, {c} as c" for a, b, c in product((1, 2), "xyz", (1, 2)))


@pytest.fixture
def walk(ask):
    """All rows, some at a time."""

    def read(order, limit):
        seen, after = [], ""
        while True:
            found = ask(lambda tx, after=after: page(tx, ROWS, order, dict, after=after, limit=limit))
            assert len(found) <= limit
            seen += found
            if not (after := found.next):
                return seen

    return read


@pytest.mark.parametrize("limit", [1, 5, 12, 13])
@pytest.mark.parametrize("order", ["a, b, c", "a desc, b desc, c desc", "a desc, b, c desc", "c, a desc, b"])
def test_every_row_comes_once_and_in_order(walk, ask, order, limit):
    assert walk(order, limit) == ask(lambda tx: tx.all(f"select * from ({ROWS}) as t order by {order}"))


@pytest.mark.parametrize(
    "spoil", [lambda c: c[:-3], lambda c: "A" + c[1:], lambda c: c + "A", lambda c: "£", lambda c: "x"]
)
def test_a_cursor_that_was_not_given_out_is_refused(ask, spoil):
    cursor = ask(lambda tx: page(tx, ROWS, "a, b, c", dict, limit=2)).next
    with pytest.raises(BadCursor):
        ask(lambda tx: page(tx, ROWS, "a, b, c", dict, after=spoil(cursor), limit=2))


def test_a_cursor_is_good_for_its_own_order_only(ask):
    cursor = ask(lambda tx: page(tx, ROWS, "a, b, c", dict, limit=2)).next
    with pytest.raises(BadCursor):
        ask(lambda tx: audit.newest(tx, after=cursor))
