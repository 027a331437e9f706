"""Decisions. ROUTES is every message the bot answers, in order; the first that is not None wins."""

from collections.abc import Callable

from handlers import advice, applying, finished, follow, gazette, guided, knowledge, pictures, progress
from handlers.call import Call, Reply

Handler = Callable[[Call], Reply | None]

ROUTES: tuple[Handler, ...] = (
    follow.followed,
    follow.left,
    finished.mass_sent,
    finished.published,
    advice.silent_event,
    pictures.received,
    guided.begin_report,
    guided.begin_complaint,
    progress.show,
    applying.show,
    applying.confirm,
    gazette.latest,
    gazette.look_up,
    knowledge.ask,
    advice.help,
    advice.go_on_talking,
    advice.anything_else,
)
