"""Brings a notice to a person by the first open channel, once.

Nothing is asked of the platform that it must refuse; what it refuses all the same, the ledger learns. When a
notice may or may not have arrived it is not sent again.
"""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.service import Service
from bot.wechat.errors import PlatformError
from bot.wechat.gateway import Gateway
from content.replies import marks
from handlers.notices import channels, telling
from handlers.notices.channels import Channel, Do, Refusal
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Parcel

PAUSES = (3, 8, 20, 60, 180, 600, 1800)
"""Seconds before each further attempt; the last one repeats."""
PASSING = {"again", "refresh", "account"}
"""Verdicts after which the same channel is tried again: an account in trouble is mended by its operator."""


def pause(attempts: int) -> timedelta:
    """How long to wait after that many failures, with jitter so that retries do not march in step."""
    return timedelta(seconds=PAUSES[min(attempts, len(PAUSES) - 1)] * random.uniform(0.8, 1.2))  # noqa: S311 - jitter


class Teller:
    """Tells people for one office."""

    def __init__(self, service: Service, gateway: Gateway) -> None:
        self._db, self._site = service.db, service.office
        self._gateway = gateway
        self._fields = {
            "subscription": service.settings.notices.fields("subscribe"),
            "template": service.settings.notices.fields("service"),
        }
        self._send: Mapping[str, Callable[[Parcel], str]] = {
            "customer": self._customer,
            "subscription": self._subscription,
            "template": self._template,
        }

    def tell(self, parcel: Parcel) -> None:
        """One attempt, by as many channels as are open."""
        tried: dict[str, Refusal] = {}
        while channel := self._begin(parcel, tried):
            try:
                job = self._send[channel.name](parcel)
            except PlatformError as error:
                if self._settled(parcel, channel, error):
                    return
                tried[channel.name] = Refusal(error.verdict, str(error))
            else:
                self._delivered(parcel, channel, job)
                return

    def _begin(self, parcel: Parcel, tried: Mapping[str, Refusal]) -> Channel | None:
        step = self._db.write(lambda tx: telling.begin(tx, self._site, parcel, tried))
        return step.channel if step.do is Do.SEND else None

    def _delivered(self, parcel: Parcel, channel: Channel, job: str) -> None:
        self._db.write(lambda tx: telling.delivered(tx, self._site, parcel, channel, job))

    def _settled(self, parcel: Parcel, channel: Channel, error: PlatformError) -> bool:
        """Whether that was all for now; otherwise this channel is closed, and the next one may be tried."""

        def settle(tx: Tx) -> bool:
            # "-1" is the platform's own word that it did nothing; silence is not.
            if error.unknown and not error.code:
                return self._doubt(tx, parcel, channel, str(error))
            outbox.refused(tx, parcel.id)
            if error.verdict in PASSING:
                outbox.again(tx, parcel.id, due_at=tx.now + pause(parcel.attempts), error=str(error))
            elif error.verdict == "lost":
                outbox.hold(tx, parcel.id, str(error))
            elif error.verdict == "window":
                channel.shut(tx, self._site, parcel.recipient)
            return error.verdict in PASSING or error.verdict == "lost"

        return self._db.write(settle)

    def _doubt(self, tx: Tx, parcel: Parcel, channel: Channel, reason: str) -> bool:
        if channel.same_for or channels.insists(parcel):
            outbox.again(tx, parcel.id, due_at=tx.now + pause(parcel.attempts), error=reason)
        else:
            telling.in_doubt(tx, self._site, parcel, channel, reason)
        return True

    # The channels.

    def _customer(self, parcel: Parcel) -> str:
        text = parcel.payload["text"]
        self._gateway.send_text(parcel.addressee, text if self._site.taps else marks.untapped(text))
        return ""

    def _subscription(self, parcel: Parcel) -> str:
        template, data = self._site.subscribe_template, self._data(parcel, "subscription")
        return self._gateway.send_subscription(parcel.addressee, template, data)

    def _template(self, parcel: Parcel) -> str:
        template, data = self._site.service_template, self._data(parcel, "template")
        return self._gateway.send_template(parcel.addressee, template, data, client_id=parcel.id)

    def _data(self, parcel: Parcel, channel: str) -> dict[str, dict[str, str]]:
        return {field: {"value": parcel.payload[fact]} for field, fact in self._fields[channel].items()}
