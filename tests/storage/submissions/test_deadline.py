"""The days by which the law wants something done about a submission."""

from datetime import date

from storage.submissions import deadline


def test_deadlines_are_met_one_by_one_or_all(db, ask, add):
    made = add()
    start = {"basis": "第十八条", "provisional": True}
    for code, day in (("report.verify", 5), ("report.case", 9), ("report.extra", 7)):
        db.write(
            lambda tx, code=code, day=day: deadline.start(tx, made.id, code=code, due_on=date(2026, 12, day), **start)
        )
    states = lambda: {one.code[7:]: one.state for one in ask(lambda tx: deadline.of(tx, made.id))}  # noqa: E731
    next_due = lambda: ask(lambda tx: deadline.next_of(tx, [made.id, "none"]))  # noqa: E731
    assert next_due()[made.id].due_on == "2026-12-05"
    assert next_due()[made.id].provisional
    db.write(lambda tx: deadline.close(tx, made.id, ["report.verify"]))
    assert states() == {"verify": "met", "extra": "open", "case": "open"}
    assert next_due()[made.id].due_on == "2026-12-07"
    db.write(lambda tx: deadline.close(tx, made.id, ["*"]))
    assert set(states().values()) == {"met"}
    assert next_due() == {}
