"""The computation of a period day by day, against periods whose holidays are known."""

from datetime import date

import pytest

from handlers import periods
from handlers.papers import counting
from storage.submissions import deadline
from tests.handlers.submissions.cases import ACCEPTED


def spelt(rows):
    return [(row["on"], row["what"], row["n"]) for row in rows]


def test_holidays_weekends_and_days_worked_for_them_are_told_apart(service, case):
    made = case("complaint")
    service.db.write(lambda tx: periods.start(tx, made.id, "complaint.accept", date(2026, 9, 18)))
    with service.db.read() as tx:
        one = next(one for one in deadline.of(tx, made.id) if one.started_on == "2026-09-18")
    rows = spelt(counting.days(one))
    assert rows[0] == ("2026-09-18", "起算日，不计入", "不计")
    assert ("2026-09-19", "周末", "不计") in rows
    assert ("2026-09-20", "工作日（调休上班）", "1") in rows
    assert ("2026-09-25", "节假日", "不计") in rows
    assert rows[-1] == ("2026-09-29", "工作日，届满", "7")


@pytest.mark.parametrize(
    ("code", "day"), [("complaint.mediate", date(2026, 8, 3)), ("report.verify", date(2026, 12, 20))]
)
def test_the_last_row_is_the_last_day_of_the_period(service, case, code, day):
    made = case("complaint", ACCEPTED)
    one = service.db.write(lambda tx: periods.start(tx, made.id, code, day))
    rows = counting.days(one)
    assert rows[-1]["on"] == one.due_on
    assert "届满" in rows[-1]["what"]
    assert ("暂估" in rows[-1]["what"]) == one.provisional
    assert [row["n"] for row in rows if row["n"] != "不计"][-1] in ("60", "15")


def test_a_period_of_before_whose_first_day_is_unknown_has_no_rows():
    assert counting.days(deadline.Deadline("report.verify", "2026-11-30", "met", "依据", False)) == []
