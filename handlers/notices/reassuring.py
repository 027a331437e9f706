"""What whoever reported an emergency hears of its alarm: that somebody has taken it, or in time that nobody has yet."""

from content.replies import say
from handlers.notices import telling
from handlers.office import Office
from handlers.understanding import danger, normal
from storage.engine.database import Tx
from storage.notices import alarm as alarms
from storage.notices.alarm import Untold

AT_ONCE = 20
"""People of one look, so that the messages of citizens do not wait for them."""


def tell_due(tx: Tx, office: Office) -> None:
    """Tell everybody once that theirs was taken, and once, after the wait of one call, that it was not."""
    for one in alarms.untold(tx, tx.now - office.alarm_wait, AT_ONCE):
        cause, text = ("alarm taken", _taken(one)) if one.taken else ("alarm late", _late(tx, office, one))
        telling.tell_now(tx, one.submission, cause, text)
        alarms.told(tx, one)


def _taken(one: Untold) -> str:
    return say("alarm_accepted", number=one.number)


def _late(tx: Tx, office: Office, one: Untold) -> str:
    """It stays true when it is read late: the time of day stands in it."""
    number = danger.assess(normal.read(one.description).text).number
    return say("alarm_late", number=one.number, time=office.local(tx.now)[-5:], call=number)
