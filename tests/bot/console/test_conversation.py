"""The timeline as a conversation."""

from bot.console.conversation import turns
from storage import timeline
from storage.people.staff import Role


def test_citizen_office_notes_and_system_stand_apart_and_what_the_system_did_is_folded(service, report, act, hire):
    li = hire("wang", Role.INTAKE)
    act(report.number, "answer", li, note="已安排")
    act(report.number, "note", li, note="先打电话")
    act(report.number, "register", li)
    act(report.number, "assign", li, unit="青屏所")
    with service.db.read() as tx:
        seen = [(turn.side, len(turn.entries)) for turn in turns(timeline.of(tx, report.id))]
    assert seen == [("citizen", 1), ("office", 1), ("note", 1), ("system", 2)]
