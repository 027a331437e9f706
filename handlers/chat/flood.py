"""One person's flood slows that person's answers, loses nothing, and slows nobody else."""

from datetime import timedelta

from content.replies import say
from handlers.chat import reading
from handlers.chat.message import Message
from storage.chat import inbox
from storage.engine.database import Tx

MINUTE = timedelta(minutes=1)
LIMIT = 300
"""Messages a minute that are answered at once: nobody types a tenth of it."""
SLOWED = "slowed"


def slows(tx: Tx, message: Message, sender: str) -> bool:
    """Whether this message waits its turn: the sweep handles it, in order. A labelled report never waits."""
    if reading.label_values(message.text("Content")):
        return False
    return inbox.waits(tx, sender, SLOWED) or inbox.pace(tx, sender, since=tx.now - MINUTE, most=LIMIT + 1) > LIMIT


def told(tx: Tx, sender: str) -> str:
    """Said once, to the first message that waits; '' to those behind it."""
    return "" if inbox.waits(tx, sender, SLOWED) else say("slowed")
