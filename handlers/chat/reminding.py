"""Whoever left a talk unfinished is reminded of it once, while the account may still write to them."""

from content.replies import say
from handlers.chat.guided import REPORT, TOPICS
from handlers.notices import telling
from handlers.office import Office
from storage.chat import talk as talks
from storage.engine.database import Tx
from storage.notices.parcel import Subject, Topic

AT_ONCE = 20
"""Talks of one look, so that the messages of citizens do not wait for them."""


def remind(tx: Tx, office: Office) -> None:
    """Tell those whose talk has lain as long as one stays open. Fragments of a story count as a report not begun."""
    for left in talks.take_unreminded(tx, tx.now - office.talk_window, AT_ONCE):
        topic = TOPICS.get(left.topic, REPORT)
        text = say("talk_reminder", topic=topic, answers=left.answers)
        telling.put(tx, Subject(Topic.ANSWER, tx.new_id()), openid=left.openid, text=text)
