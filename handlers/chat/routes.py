"""ROUTES is every message the bot answers, in order; the first that is not None wins."""

from collections.abc import Callable

from handlers import (
    account,
    advice,
    afterwards,
    applying,
    consents,
    finished,
    follow,
    free_text,
    gazette,
    guided,
    knowledge,
    lookup,
    pictures,
    progress,
    subscriptions,
)
from handlers.chat import staff
from handlers.chat.context import Call, Reply

Handler = Callable[[Call], Reply | None]

ROUTES: tuple[Handler, ...] = (
    follow.followed,
    follow.left,
    follow.scanned,
    account.noted,
    finished.mass_sent,
    finished.published,
    consents.decided,
    consents.withdrawn,
    consents.subscription_sent,
    consents.template_sent,
    advice.silent_event,
    staff.bind,
    staff.unbind,
    staff.confirmed,
    pictures.received,
    afterwards.spoken,
    afterwards.answered,
    guided.begin_report,
    guided.begin_complaint,
    progress.show,
    applying.show,
    applying.confirm,
    gazette.latest,
    lookup.look_up,
    subscriptions.subscribe,
    subscriptions.unsubscribe,
    knowledge.ask,
    advice.help,
    free_text.place,
    advice.go_on_talking,
    free_text.understood,
    advice.anything_else,
)
