"""Who is signed in: cookies, the session row behind them, and the proof that a form is ours."""

import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from flask import request
from werkzeug.wrappers import Response

from bot.service import Service
from handlers.people.signing_in import CODE_TIME, Step, next_step
from storage.people import staff as accounts
from storage.people.staff import Role, Staff

SESSION, DEVICE, VISITOR = "shian_session", "shian_device", "shian_visitor"
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH = timedelta(minutes=1)
"""How often use of a session is noted: reading a page should not wait for the disk."""


@dataclass(frozen=True)
class Visit:
    """One request of somebody who is signed in."""

    service: Service
    staff: Staff
    csrf: str = field(repr=False)
    token: str = field(repr=False)
    step: Step | None
    """What is to be done before anything else."""

    @property
    def required(self) -> frozenset[Role]:
        """The roles that demand a second factor."""
        return _required(self.service)


def current(service: Service, *, idle: bool = False) -> Visit | None:
    """The visit that the session cookie proves, if any; one that is `idle` is no sign that somebody is there."""
    token = cookie(service, SESSION)
    if not token:
        return None
    with service.db.read() as tx:
        found = accounts.session(tx, token, seen_after=tx.now - IDLE, opened_after=tx.now - LONGEST)
        now = tx.now
    if found is None or (not found.proven and found.opened_at < now - CODE_TIME):
        return None
    if not idle and now - found.seen_at > TOUCH:
        service.db.write(lambda tx: accounts.touch_session(tx, token))
    return Visit(service, found.staff, found.csrf, token, next_step(found, _required(service)))


def _required(service: Service) -> frozenset[Role]:
    return frozenset(map(Role, service.settings.console.totp_roles))


@dataclass(frozen=True)
class Jar:
    """How cookies are set. One called ``__Host-`` comes from this very host, encrypted, or not at all.

    Source: draft-ietf-httpbis-rfc6265bis, section 4.1.3.2. Browsers take it only for every path of the host.
    """

    prefix: str
    path: str
    secure: bool


ENCRYPTED, PLAIN = Jar("__Host-", "/", secure=True), Jar("", "/console", secure=False)


def _jar(service: Service) -> Jar:
    return ENCRYPTED if service.office.encrypted else PLAIN


def cookie(service: Service, name: str) -> str:
    """What the browser holds under the name of a cookie; '' without."""
    return request.cookies.get(_jar(service).prefix + name, "")


def keep(service: Service, response: Response, name: str, value: str, max_age: timedelta | None = None) -> None:
    """Set a cookie of the console; without `max_age` it ends with the browser."""
    jar = _jar(service)
    response.set_cookie(
        jar.prefix + name,
        value,
        max_age=max_age,
        path=jar.path,
        secure=jar.secure,
        httponly=True,
        samesite="Lax",
    )


def drop(service: Service, response: Response, name: str) -> None:
    """Take a cookie of the console away."""
    jar = _jar(service)
    response.delete_cookie(jar.prefix + name, path=jar.path, secure=jar.secure)


def from_elsewhere(service: Service) -> bool:
    """Whether the browser says that another site sent this form. Old browsers and scripts say nothing."""
    kind = request.headers.get("Sec-Fetch-Site", "")
    if kind not in ("", "same-origin", "none"):
        return True
    origin = request.headers.get("Origin", "")
    if origin in ("", "null"):
        # Browsers write "null" where they hide the origin; then Sec-Fetch-Site alone can vouch for it.
        return origin == "null" and not kind
    return _place(origin) not in (_place(request.host_url), _place(service.office.base_url))


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def same(given: str, expected: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
