"""The phone page: what it shows, what it does, and the articles a phone can open."""

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from bot.simulator import samples
from bot.simulator.errors import Refusal
from bot.simulator.platform import Platform
from bot.simulator.records import Bubble, Card, Delivery
from bot.simulator.tokens import page_is_signed
from bot.simulator.webapi import UPLOAD
from bot.simulator.world import CHINA, PUBLIC_PREFIX

PHONES = {"a": "甲", "b": "乙"}
SHOWN = 120  # bubbles of a phone on the page
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
_OWN = re.compile(rf"https?://[^/\"]+{PUBLIC_PREFIX}/(media|articles)/([\w-]+)")

Advance = Callable[[timedelta], None]
Act = Callable[[Platform, str], Callable[[], Delivery]]


def add_pages(blueprint: Blueprint, platform: Platform, advance: Advance | None) -> None:
    """Serve the phone page, its data, its acts, articles and media from the blueprint."""
    _add_screen(blueprint, platform, advance)
    _add_acts(blueprint, platform, advance)
    _add_reading(blueprint, platform)


def _add_screen(blueprint: Blueprint, platform: Platform, advance: Advance | None) -> None:
    @blueprint.get("/")
    def page() -> str:
        return render_template(
            "simulator/phones.html",
            phones=PHONES,
            account=platform.account,
            steps=STEPS if advance else {},
            labels={"hour": "快进 1 小时", "day": "快进 1 天", "week": "快进 7 天"},
        )

    @blueprint.get("/state.json")
    def state() -> Response:
        now = platform.clock().astimezone(CHINA)
        menu = platform.world.memory.get("menu", "menu") or {"button": []}
        phones = {phone: _phone(platform, phone) for phone in PHONES}
        return jsonify(now=now.isoformat(), menu=menu["button"], phones=phones)


def _add_acts(blueprint: Blueprint, platform: Platform, advance: Advance | None) -> None:
    @blueprint.post("/phones/<phone>/<act>")
    def perform(phone: str, act: str) -> ResponseReturnValue:
        request.max_content_length = UPLOAD
        _refuse_other_sites()
        if phone not in PHONES or act not in ACTS:
            abort(404)
        if act != "follow" and not platform.follows(phone):
            abort(409)
        try:
            job = ACTS[act](platform, phone)
        except (KeyError, ValueError, TypeError):
            abort(400)
        # The webhook may sit in this very server and take its time; the page must not wait for it.
        threading.Thread(target=job, daemon=True).start()
        return {}, 202

    @blueprint.post("/signed")
    def signed() -> Response:
        """Whether a page may use the page script (static/jweixin.js)."""
        _refuse_other_sites()
        return jsonify(signed=page_is_signed(platform.world, _json()))

    @blueprint.post("/advance/<step>")
    def forward(step: str) -> ResponseReturnValue:
        _refuse_other_sites()
        if advance is None or step not in STEPS:
            abort(404)
        advance(STEPS[step])
        return {}, 200


def _add_reading(blueprint: Blueprint, platform: Platform) -> None:
    @blueprint.get("/articles/<key>")
    def article(key: str) -> ResponseReturnValue:
        row = platform.world.memory.get("article", key)
        gone = row is None or bool(row["deleted"])
        html = render_template(
            "simulator/article.html",
            account=platform.account,
            article=None if gone else row,
            # What the platform keeps was cleaned when it came in.
            content=Markup(_local(row["content"])) if row else "",  # noqa: S704
            day=_day(row["at"]) if row else "",
        )
        return html, (404 if gone else 200)

    @blueprint.get("/media/<key>")
    def media(key: str) -> Response:
        try:
            file = platform.file(key)
        except Refusal:
            abort(404)
        return Response(file.content, mimetype=file.mime, headers={"Cache-Control": "max-age=3600"})

    @blueprint.after_request
    def secure(response: Response) -> Response:
        style = "'self' 'unsafe-inline'" if request.endpoint == "simulator.article" else "'self'"
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; img-src 'self' data: blob:; style-src {style};"
            " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def _refuse_other_sites() -> None:
    """Only this page's own script may post: another site can neither set the header nor fake its origin."""
    origin = request.headers.get("Origin")
    if (
        request.headers.get("X-Simulator") != "1"
        or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
        or (origin is not None and origin != request.host_url.rstrip("/"))
    ):
        abort(403)


def _json() -> dict[str, Any]:
    body = request.get_json()
    if not isinstance(body, dict):
        raise ValueError("not an object")
    return body


def _say(platform: Platform, phone: str) -> Callable[[], Delivery]:
    text = str(_json()["text"])
    return lambda: platform.say(phone, text)


def _choose(platform: Platform, phone: str) -> Callable[[], Delivery]:
    body = _json()
    fields = {"MsgType": "text", "Content": str(body["text"]), "bizmsgmenuid": str(body["id"])}
    return lambda: platform.deliver(phone, fields)


def _picture(platform: Platform, phone: str) -> Callable[[], Delivery]:
    content = request.get_data()
    return lambda: platform.picture(phone, content)


def _video(platform: Platform, phone: str) -> Callable[[], Delivery]:
    content = request.get_data()
    return lambda: platform.video(phone, content)


def _sample_picture(platform: Platform, phone: str) -> Callable[[], Delivery]:
    seed = platform.world.memory.count_up("sample")
    return lambda: platform.picture(phone, samples.photo(seed))


def _voice(platform: Platform, phone: str) -> Callable[[], Delivery]:
    seconds = min(60, max(1, int(_json()["seconds"])))
    return lambda: platform.voice(phone, samples.amr(seconds))


def _location(platform: Platform, phone: str) -> Callable[[], Delivery]:
    body = _json()
    latitude, longitude = float(body["latitude"]), float(body["longitude"])
    return lambda: platform.location(phone, latitude, longitude, str(body["label"]))


def _click(platform: Platform, phone: str) -> Callable[[], Delivery]:
    key = str(_json()["key"])
    return lambda: platform.click(phone, key)


def _view(platform: Platform, phone: str) -> Callable[[], Delivery]:
    fields = {"MsgType": "event", "Event": "VIEW", "EventKey": str(_json()["url"])}
    return lambda: platform.deliver(phone, fields)


def _decide(platform: Platform, phone: str) -> Callable[[], Delivery]:
    body = _json()
    template, accept = str(body["template"]), bool(body["accept"])
    return lambda: platform.decide(phone, template, accept=accept)


ACTS: dict[str, Act] = {
    "follow": lambda platform, phone: lambda: platform.follow(phone),
    "unfollow": lambda platform, phone: lambda: platform.unfollow(phone),
    "say": _say,
    "choose": _choose,
    "picture": _picture,
    "sample-picture": _sample_picture,
    "video": _video,
    "voice": _voice,
    "location": _location,
    "click": _click,
    "view": _view,
    "decide": _decide,
}


def _phone(platform: Platform, phone: str) -> dict[str, Any]:
    bubbles = [_bubble(platform, bubble) for bubble in platform.inbox(phone, last=SHOWN)]
    return {"follows": platform.follows(phone), "typing": platform.typing(phone), "bubbles": bubbles}


def _bubble(platform: Platform, bubble: Bubble) -> dict[str, Any]:
    return {
        "id": bubble.id,
        "from": bubble.sender,
        "how": bubble.how,
        "kind": bubble.kind,
        "text": bubble.text,
        "at": bubble.at.astimezone(CHINA).isoformat(),
        "media": url_for("simulator.media", key=bubble.media) if bubble.media else "",
        "articles": [_card(card) for card in bubble.articles],
        "extra": bubble.extra,
    }


def _card(card: Card) -> dict[str, str]:
    return {**vars(card), "cover": _local(card.cover), "url": _local(card.url)}


def _local(text: str) -> str:
    """The simulator's own addresses without host, so that they hold under whatever name it is opened."""
    return _OWN.sub(lambda found: url_for(f"simulator.{_PAGES[found.group(1)]}", key=found.group(2)), text)


_PAGES = {"media": "media", "articles": "article"}


def _day(stamp: int) -> str:
    moment = datetime.fromtimestamp(stamp, CHINA)
    return f"{moment:%Y}年{moment.month}月{moment.day}日 {moment:%H:%M}"
