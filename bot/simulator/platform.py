"""The stand-in for the WeChat platform, as phones and tests use it."""

import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.simulator import notices, samples, windows
from bot.simulator.dispatch import FINISHES, Desk, Outcome
from bot.simulator.media import file_of, mime_of
from bot.simulator.memory import Memory
from bot.simulator.messages import card_of, is_typing
from bot.simulator.push import Envelope
from bot.simulator.records import (
    Account,
    Ask,
    Bubble,
    Call,
    Delivery,
    Fault,
    Fields,
    File,
    Reply,
    utc_now,
)
from bot.simulator.world import World

BROKEN = "该公众号提供的服务出现故障，请稍后再试"
SILENT = {"unsubscribe", "view", "location"}  # events after which the phone shows nothing
FIRST_MESSAGE = 24_000_000_000_000_000


class Platform:
    """One simulated account with its phones.

    `finish_delay`: seconds between accepting a mass send or publication and its finish event.
    `answer_within`: seconds that one try of a push may take. `quotas`: daily limits by API path,
    over the usual ones. A phone is any name a test or page likes to give it.
    """

    finish_delay = 2.0
    answer_within = 5.0

    def __init__(
        self, account: Account, *, memory: Path | None = None, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.account = account
        self.clock = clock
        self._timers: list[threading.Timer] = []
        self._memory = Memory(memory)
        self.world = World(account, self._memory, clock)
        self._desk = Desk(self.world)
        self.quotas = self.world.quotas
        for key, _ in self._memory.rows("pending"):
            self._later(key, Fault())

    # -- what a phone does -------------------------------------------------------------------

    def follow(self, phone: str) -> Delivery:
        """Follow the account (关注)."""
        return self.deliver(phone, {"MsgType": "event", "Event": "subscribe", "EventKey": ""})

    def unfollow(self, phone: str) -> Delivery:
        """Stop following (取消关注)."""
        return self.deliver(phone, {"MsgType": "event", "Event": "unsubscribe", "EventKey": ""})

    def say(self, phone: str, text: str) -> Delivery:
        """Send a text. Raises ValueError when the phone does not follow, as do the next ones."""
        return self._from_follower(phone, {"MsgType": "text", "Content": text})

    def picture(self, phone: str, content: bytes) -> Delivery:
        """Send a picture; the platform keeps it for three days."""
        key = self._keep(content, "image")
        return self._from_follower(phone, {"MsgType": "image", "PicUrl": self.world.media_url(key), "MediaId": key})

    def voice(self, phone: str, content: bytes | None = None) -> Delivery:
        """Send a voice message, three seconds of AMR unless given."""
        key = self._keep(content or samples.amr(), "voice")
        return self._from_follower(phone, {"MsgType": "voice", "MediaId": key, "Format": "amr", "MediaId16K": key})

    def video(self, phone: str, content: bytes) -> Delivery:
        """Send a video; its thumbnail is a drawn one."""
        key, thumb = self._keep(content, "video"), self._keep(samples.photo(), "thumb")
        return self._from_follower(phone, {"MsgType": "video", "MediaId": key, "ThumbMediaId": thumb})

    def location(self, phone: str, latitude: float, longitude: float, label: str) -> Delivery:
        """Send a place, in degrees, with its label."""
        place = {"Location_X": f"{latitude:.6f}", "Location_Y": f"{longitude:.6f}", "Scale": "16"}
        return self._from_follower(phone, {"MsgType": "location", **place, "Label": label})

    def click(self, phone: str, key: str) -> Delivery:
        """Tap a menu entry of type click."""
        return self._from_follower(phone, {"MsgType": "event", "Event": "CLICK", "EventKey": key})

    def deliver(self, phone: str, fields: Fields, *, copies: int = 1) -> Delivery:
        """Push any message with these fields over the usual ones; a field that is None is left out.

        `copies` sends the same message so many times at once; the first to be answered is shown.
        """
        openid = self.openid(phone)
        message = self._complete(openid, fields)
        with self._memory.turn():
            self._note(openid, message)
            self._show_mine(openid, message)
        envelope = Envelope(self.world, openid, message, self.answer_within)
        first, *others = _at_once(envelope.send, copies)
        self._show_answer(openid, message, first)
        return replace(first, others=tuple(others))

    def inbox(self, phone: str, *, last: int = -1) -> list[Bubble]:
        """What the phone shows, in order; only the `last` n bubbles if given."""
        return self.world.screen(self.openid(phone), last=last)

    def openid(self, phone: str) -> str:
        """The phone's OpenID: 'o' and 27 characters."""
        return self.world.openid(phone)

    def follows(self, phone: str) -> bool:
        """Whether the phone follows the account now."""
        return bool(self.world.follower(self.openid(phone), must_follow=False)["followed"])

    def typing(self, phone: str) -> bool:
        """Whether the phone shows that the account is writing."""
        return is_typing(self.world, self.openid(phone))

    def consent(self, phone: str, template: str, times: int = 1) -> None:
        """Agree to so many subscription notices of a template."""
        notices.consent(self.world, self.openid(phone), template, times)

    def decide(self, phone: str, *templates: str, accept: bool = True) -> Delivery:
        """Answer the question of a page whether notices of these templates may come."""
        return self.deliver(phone, notices.decide(self.world, self.openid(phone), templates, accept))

    def refuse(self, phone: str, *templates: str) -> Delivery:
        """Stop notices of these templates in WeChat's settings."""
        return self.deliver(phone, notices.refuse(self.world, self.openid(phone), templates))

    # -- what the product asks ---------------------------------------------------------------

    def answer(self, ask: Ask) -> Outcome:
        """Answer one API call and see to the event of what it began."""
        outcome = self._desk.answer(ask)
        for key in outcome.jobs:
            if outcome.fault.event_first:
                self._finish(key, outcome.fault)
            else:
                self._later(key, outcome.fault)
        time.sleep(outcome.fault.delay)
        return outcome

    def file(self, key: str) -> File:
        """A medium's bytes for a phone. Raises Refusal 40007 when it is gone."""
        return file_of(self.world, key)

    # -- for tests ---------------------------------------------------------------------------

    def script(self, path: str, *faults: Fault) -> None:
        """Let the next calls to an API path go wrong, one fault a call, in this order."""
        self._desk.script(path, faults)

    @property
    def calls(self) -> list[Call]:
        """The API calls so far, oldest first."""
        return self._desk.calls

    def close(self) -> None:
        """Stop; what was begun and not finished is finished by the next one with the same memory."""
        for timer in self._timers:
            timer.cancel()
            timer.join(self.answer_within)
        self._memory.close()

    # -- inside ------------------------------------------------------------------------------

    def _from_follower(self, phone: str, fields: Fields) -> Delivery:
        if not self.follows(phone):
            raise ValueError(f"phone {phone!r} does not follow the account; call follow() first")
        return self.deliver(phone, fields)

    def _keep(self, content: bytes, kind: str) -> str:
        return self.world.keep_media(File(content, mime_of(content)), kind)

    def _complete(self, openid: str, fields: Fields) -> Fields:
        usual: dict[str, object] = {
            "ToUserName": self.world.original_id,
            "FromUserName": openid,
            "CreateTime": self.world.stamp(),
        }
        if fields["MsgType"] != "event":
            number = FIRST_MESSAGE + self._memory.count_up("message") * 1000 + secrets.randbelow(1000)
            usual["MsgId"] = number
        return {name: value for name, value in {**usual, **fields}.items() if value is not None}

    def _note(self, openid: str, message: Fields) -> None:
        event = str(message.get("Event", "")).lower()
        if event == "subscribe":
            self.world.change_follower(openid, followed=True, since=self.world.stamp())
        elif event == "unsubscribe":
            self.world.change_follower(openid, followed=False, tags=[], windows={})
            return
        windows.open_for(self.world, openid, message)

    def _show_mine(self, openid: str, message: Fields) -> None:
        kind = str(message["MsgType"])
        if kind == "event":
            return
        extra = {name.lower(): str(message[name]) for name in _SHOWN if name in message}
        text, media = str(message.get("Content", "")), str(message.get("MediaId", ""))
        self.world.show(openid, "me", kind, text=text, media=media, extra=extra)

    def _show_answer(self, openid: str, message: Fields, delivery: Delivery) -> None:
        if str(message.get("Event", "")).lower() in SILENT:
            return
        if delivery.broken:
            self.world.show(openid, "system", "text", text=BROKEN)
        elif delivery.reply is not None:
            self._show_reply(openid, delivery.reply)

    def _show_reply(self, openid: str, reply: Reply) -> None:
        if reply.kind == "transfer_customer_service":
            return
        part = reply.fields.get(reply.kind.capitalize())
        media = str(part.get("MediaId", "")) if isinstance(part, dict) else ""
        items = (reply.fields.get("Articles") or {}).get("item") or []
        cards = [card_of(item) for item in (items if isinstance(items, list) else [items])]
        # More than one article is cut down to the first in answer to a message.
        self.world.show(
            openid,
            "account",
            reply.kind,
            how="passive",
            text=reply.text,
            media=media,
            articles=tuple(cards[:1]),
        )

    def _later(self, key: str, fault: Fault) -> None:
        timer = threading.Timer(self.finish_delay, self._finish, (key, fault))
        timer.daemon = True
        timer.start()
        self._timers = [*(other for other in self._timers if other.is_alive()), timer]

    def _finish(self, key: str, fault: Fault) -> None:
        with self._memory.turn():
            row = self._memory.get("pending", key)
            if row is None:
                return
            self._memory.drop("pending", key)
            event = FINISHES[row["kind"]](self.world, row["job"], fault.outcome)
        message = self._complete(str(event["FromUserName"]), event)
        if not fault.no_event:
            Envelope(self.world, str(message["FromUserName"]), message, self.answer_within).send()


def _at_once(send: Callable[[], Delivery], copies: int) -> list[Delivery]:
    if copies == 1:
        # Without a pool: its threads would be waited for when the process is told to end.
        return [send()]
    with ThreadPoolExecutor(copies) as pool:
        return [job.result() for job in [pool.submit(send) for _ in range(copies)]]


_SHOWN = ("Location_X", "Location_Y", "Label", "Title", "Description", "Url")
