"""The days by which the law wants something done about a submission."""

from dataclasses import replace

from storage.submissions import deadline
from storage.submissions.deadline import Deadline


def test_deadlines_are_met_one_by_one_or_all(db, ask, add):
    made = add()
    for code, day in (("report.verify", 5), ("report.case", 9), ("report.extra", 7)):
        db.write(
            lambda tx, code=code, day=day: deadline.start(
                tx, made.id, Deadline(code, f"2026-12-{day:02d}", "open", "第十八条", True)
            )
        )

    def met(tx, code):
        one = next(one for one in deadline.of(tx, made.id) if one.code == code)
        deadline.change(tx, made.id, replace(one, state="met"))

    states = lambda: {one.code[7:]: one.state for one in ask(lambda tx: deadline.of(tx, made.id))}  # noqa: E731
    next_due = lambda: ask(lambda tx: deadline.next_of(tx, [made.id, "none"]))  # noqa: E731
    assert next_due()[made.id].due_on == "2026-12-05"
    assert next_due()[made.id].provisional
    db.write(lambda tx: met(tx, "report.verify"))
    assert states() == {"verify": "met", "extra": "open", "case": "open"}
    assert next_due()[made.id].due_on == "2026-12-07"
    db.write(lambda tx: met(tx, "report.extra") or met(tx, "report.case"))
    assert set(states().values()) == {"met"}
    assert next_due() == {}
