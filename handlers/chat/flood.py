"""One person's flood slows that person's answers, loses nothing, and slows nobody else."""

from content.replies import say
from handlers.chat import reading
from handlers.chat.message import Message
from storage.chat import inbox
from storage.chat.standing import Standing

LIMIT = inbox.PACE
"""Messages a minute that are answered at once: nobody types a tenth of it."""


def slows(message: Message, standing: Standing) -> bool:
    """Whether this message waits its turn: the sweep handles it, in order. A labelled report never waits."""
    if reading.label_values(message.text("Content")):
        return False
    return standing.slowed or standing.pace >= LIMIT


def told(standing: Standing) -> str:
    """Said once, to the first message that waits; '' to those behind it."""
    return "" if standing.slowed else say("slowed")
