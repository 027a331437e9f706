"""What belongs to many submissions, asked for once."""

from storage.submissions import among

DEADLINES = "select * from deadline"


def test_only_what_belongs_to_them_comes_and_nothing_for_none(db, ask, add):
    ids = [add().id for _ in range(3)]
    row = {"code": "report.verify", "due_on": "2026-12-01", "state": "open", "basis": "", "provisional": 0}
    rows = [{"id": f"{n}", "submission": id, **row} for n, id in enumerate([*ids, ids[0]])]
    db.write(lambda tx: tx.insert_all("deadline", rows))
    found = lambda some: [one["id"] for one in ask(lambda tx: among.rows(tx, DEADLINES, some, "order by id desc"))]  # noqa: E731
    assert found(ids[:2]) == ["3", "1", "0"]
    assert found(iter(ids)) == ["3", "2", "1", "0"]
    assert found([]) == found(["none"]) == []


def test_what_belongs_to_submissions_in_order_is_handed_out_as_they_come_by():
    rows = iter([("b", 1), ("b", 2), ("c", 3), ("e", 4)])
    of = among.along(rows, lambda _, value: value)
    assert [of(id) for id in ("a", "b", "d", "e", "f")] == [[], [1, 2], [], [4], []]
    assert among.along(iter(()), tuple)("a") == []
