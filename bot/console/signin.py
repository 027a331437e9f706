"""Signing in and out, and setting a new password: the forms and their cookies."""

import ipaddress
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.console.session import DEVICE, SESSION, VISITOR, Visit, cookie, current, drop, from_elsewhere, keep, same
from bot.service import Service
from bot.web import passwords
from handlers.people import accounts, signing_in
from handlers.people.accounts import ONE_TIME_HOURS
from handlers.people.factor import Proof
from handlers.people.signing_in import LIMIT, LOCK, WINDOW, Attempt, Device, NewSession, Outcome, Step
from storage.people import staff

DEVICE_AGE = timedelta(days=400)
REFUSALS = {
    Outcome.REFUSED: f"账号或密码不正确。连续 {LIMIT} 次输错，"
    f"账号会锁定 {LOCK.seconds // 60} 分钟（以前登录过的设备除外）。",
    Outcome.EXPIRED: f"这个一次性密码已经过期（{ONE_TIME_HOURS} 小时内有效）。请让系统管理员重置，再用新的登录。",
}
"""The same words for a wrong name, a wrong password and a locked account: names are not to be guessed."""
WRONG_CODE = (
    "验证码不正确。每个验证码只能用一次，请输入身份验证器此刻显示的 6 位数字。"
    f"连续 {LIMIT} 次输错，账号会锁定 {LOCK.seconds // 60} 分钟（以前登录过的设备除外）。"
)
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
"""What stands in a User-Agent, the first that is found; Edge also calls itself Chrome, and Chrome Safari."""
_LOCAL = re.compile(r"/console/[A-Za-z0-9_/?=&%.+:-]*")
_MOVE = re.compile(r"/(say|moves/\w+|drafts/\w+)$")
"""What a form is sent to, behind the page that it stands on."""
WAIT = f"近来输错密码的次数过多，未登录过的设备请在 {WINDOW.seconds // 60} 分钟后再试。"
_places = threading.BoundedSemaphore(8)
"""argon2 takes 64 MiB each time; a flood of attempts must take neither all memory nor all threads."""
_strangers = threading.BoundedSemaphore(6)
"""How many of the places devices may take that were never signed in: the others are kept for staff."""


@contextmanager
def effort(*, known: bool) -> Iterator[None]:
    """A place for what argon2 costs; 503 when all are taken."""
    with ExitStack() as taken:
        for places in (_places,) if known else (_strangers, _places):
            if not places.acquire(blocking=False):
                abort(503)
            taken.callback(places.release)
        yield


def _source() -> str:
    """The address that tries, for IPv6 its network: whoever has one address there has all of them."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "nowhere"
    return str(ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address)


def ask(service: Service) -> AnyResponse:
    """The sign-in form."""
    if current(service):
        return redirect(url_for("console.home_day"))
    return _form(service)


def ask_again(service: Service) -> Response:
    """The form for whoever sent something after the session had ended, with the words that were typed."""
    words = [text for name, text in request.form.items() if name not in ("csrf", "version") and len(text) > 3]
    return _form(service, "登录已经结束，您刚才填写的内容没有发出。请先复制下面的文字，登录后再发。", 401, words)


def _form(service: Service, problem: str = "", status: int = 200, words: Sequence[str] = ()) -> Response:
    visitor = cookie(service, VISITOR) or passwords.make_secret(32)
    page = render_template(
        "console/sign_in.html",
        token=_form_token(service, visitor),
        problem=problem,
        name=request.form.get("name", ""),
        next=_local_path(request.values.get("next", "") or (_MOVE.sub("", request.path) if words else "")),
        words=words,
    )
    response = make_response(page, status)
    keep(service, response, VISITOR, visitor)
    return response


def _local_path(text: str) -> str:
    """`text` when it is a path inside the console, else ''."""
    return text if _LOCAL.fullmatch(text) and "//" not in text else ""


def _form_token(service: Service, visitor: str) -> str:
    return service.db.vault.digest(visitor, "sign-in form")


def enter(service: Service) -> AnyResponse:
    """Check name and password; open a session or show the form again."""
    visitor = cookie(service, VISITOR)
    if from_elsewhere(service) or not same(request.form.get("csrf", ""), _form_token(service, visitor)):
        abort(403)
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    with service.db.read() as tx:
        hashed = staff.password_hash(tx, name)
        known = staff.knows_device(tx, name, cookie(service, DEVICE))
        if not known and not signing_in.may_try(tx, _source()):
            return _form(service, WAIT, 429)
    with effort(known=known):
        right = passwords.matches(hashed, password)
    attempt = Attempt(name=name, hashed=hashed, right=right, device=_device(service, name), session=_new_session())
    outcome = service.db.write(lambda tx: signing_in.admit(tx, attempt))
    if outcome in REFUSALS:
        return _form(service, REFUSALS[outcome], 401)
    if outcome is Outcome.CODE:
        half = redirect(url_for("console.signin_ask_code", next=request.form.get("next") or None))
        keep(service, half, SESSION, attempt.session.token)
        return half
    return _go_in(service, attempt.device, attempt.session)


def _go_in(service: Service, device: Device, session: NewSession, first: str = "") -> AnyResponse:
    """Lead to the `first` page, or the one that was asked for, with what the browser is known by."""
    response = redirect(first or _local_path(request.form.get("next", "")) or url_for("console.home_day"))
    keep(service, response, SESSION, session.token)
    keep(service, response, DEVICE, device.secret, DEVICE_AGE)
    return response


def ask_code(visit: Visit) -> AnyResponse | str:
    """The form for a code of the second factor."""
    if visit.step is not Step.CODE:
        return redirect(url_for("console.home_day"))
    return render_template("console/code.html", problem="", next=request.args.get("next", ""))


def prove(visit: Visit) -> AnyResponse | tuple[str, int]:
    """Check the code; let in, or show the form again."""
    if visit.step is not Step.CODE:
        return redirect(url_for("console.home_day"))
    service, code = visit.service, request.form.get("code", "")
    device, session = _device(service, visit.staff.name), _new_session()
    proof = service.db.write(lambda tx: signing_in.prove(tx, visit.token, code, device=device, session=session))
    if proof is Proof.RECOVERY:
        return _go_in(service, device, session, url_for("console.account_look"))
    if proof is Proof.PHONE:
        return _go_in(service, device, session)
    return render_template("console/code.html", problem=WRONG_CODE, next=request.form.get("next", "")), 401


def _device(service: Service, name: str) -> Device:
    """The browser that asks: with its own secret where the account knows it, since another may have been planted."""
    secret = cookie(service, DEVICE)
    with service.db.read() as tx:
        known = staff.knows_device(tx, name, secret)
    return Device(secret if known else passwords.make_secret(40), _source(), _browser())


def _browser() -> str:
    """``Chrome（Windows）``, as far as the browser tells."""
    told = request.user_agent.string
    browser, system = (next((label for sign, label in signs if sign in told), "") for signs in (BROWSERS, SYSTEMS))
    return f"{browser or '其他浏览器'}{f'（{system}）' if system else ''}"


def _new_session() -> NewSession:
    return NewSession(token=passwords.make_secret(40), csrf=passwords.make_secret(32))


def leave(visit: Visit) -> AnyResponse:
    """Sign out."""
    visit.service.db.write(lambda tx: signing_in.leave(tx, visit.staff.name, visit.token))
    response = redirect(url_for("console.sign_in"))
    drop(visit.service, response, SESSION)
    return response


def ask_password(visit: Visit) -> str:
    """The form for a new password."""
    return render_template("console/password.html", problem="")


def set_password(visit: Visit) -> AnyResponse | tuple[str, int]:
    """Set a new password; it ends every session of the account but opens a new one here."""
    service, name = visit.service, visit.staff.name
    new = request.form.get("new", "")
    with service.db.read() as tx:
        hashed = staff.password_hash(tx, name)
    with effort(known=True):
        problem = _problem(visit, hashed, new)
        if problem:
            return render_template("console/password.html", problem=problem), 422
        fresh = passwords.hash_password(new)
    device, session = _device(service, name), _new_session()
    service.db.write(
        lambda tx: signing_in.change_password(tx, name, password_hash=fresh, device=device, session=session)
    )
    response = redirect(url_for("console.home_day"))
    keep(service, response, SESSION, session.token)
    return response


def _problem(visit: Visit, hashed: str, new: str) -> str:
    """What is wrong with the form; '' when nothing is. Who was led here has just proved the old password."""
    if not visit.staff.must_change and not passwords.matches(hashed, request.form.get("old", "")):
        return "现用密码不正确。"
    if new != request.form.get("repeat", ""):
        return "两次输入的新密码不一致。"
    if passwords.matches(hashed, new):
        return "新密码不能与现用密码相同。"
    return accounts.weakness(new, visit.staff.name)
