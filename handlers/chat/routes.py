"""ROUTES is every message the bot answers, in order; the first that is not None wins."""

from collections.abc import Callable

from handlers.chat import (
    events,
    followup,
    free_text,
    guided,
    help,
    lookup,
    pictures,
    progress,
    rewards,
    staff,
    subscriptions,
)
from handlers.chat.context import Context, Reply

Handler = Callable[[Context], Reply | None]

ROUTES: tuple[Handler, ...] = (
    events.followed,
    events.left,
    events.scanned,
    events.account_changed,
    events.mass_sent,
    events.published,
    events.consent_decided,
    events.consent_withdrawn,
    events.subscription_sent,
    events.template_sent,
    events.silent,
    staff.bind,
    staff.unbind,
    staff.confirmed,
    pictures.received,
    followup.spoken,
    followup.answered,
    guided.begin_report,
    guided.begin_complaint,
    progress.show,
    rewards.show,
    rewards.confirm,
    lookup.exposures,
    lookup.look_up,
    subscriptions.subscribe,
    subscriptions.unsubscribe,
    help.ask,
    help.help,
    free_text.place,
    guided.go_on,
    free_text.understood,
    help.anything_else,
)
