"""The days of the State Council's notices that an office took in."""

from datetime import date

from storage import calendar

DAY = date(2027, 1, 1)


def test_a_day_is_kept_once_and_changed_where_it_differs(db, ask):
    assert ask(calendar.edition) == ""
    assert db.write(lambda tx: calendar.put(tx, DAY, works=False, name="元旦"))
    first = ask(calendar.edition)
    assert not db.write(lambda tx: calendar.put(tx, DAY, works=False, name="元旦"))
    assert ask(calendar.edition) == first != ""
    assert db.write(lambda tx: calendar.put(tx, DAY, works=True, name="元旦"))
    assert ask(calendar.days) == {DAY: (True, "元旦")}
    assert ask(calendar.edition) != first
