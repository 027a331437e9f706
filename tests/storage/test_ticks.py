"""When ticks ran, and how far the demo's clock was moved."""

from datetime import timedelta

from storage import ticks


def test_a_tick_remembers_when_it_last_ran(db, ask, clock):
    assert ask(lambda tx: ticks.last(tx, "forget")) is None
    for _ in range(2):
        clock.advance(hours=1)
        db.write(lambda tx: ticks.ran(tx, "forget"))
    assert clock.now - ask(lambda tx: ticks.last(tx, "forget")) < timedelta(seconds=1)
    assert ask(ticks.every) == {"forget": ask(lambda tx: ticks.last(tx, "forget"))}


def test_moves_of_the_clock_add_up(db, ask):
    assert ask(ticks.clock_offset) == timedelta(0)
    for hours in (1, 48):
        db.write(lambda tx, hours=hours: ticks.move_clock(tx, timedelta(hours=hours)))
    assert ask(ticks.clock_offset) == timedelta(hours=49)
