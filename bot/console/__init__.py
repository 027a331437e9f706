"""The staff console under ``/console/``. PAGES says which pages there are and who may see them."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console import (
    accounts,
    articles,
    binding,
    duty,
    entry,
    evidence,
    home,
    letters,
    rewards,
    signin,
    submissions,
    tasks,
    trail,
    words,
    writing,
)
from bot.console.session import Visit, current, from_elsewhere, same
from bot.refusals import status_of
from bot.service import Service
from handlers.errors import Refused
from handlers.exposure.articles import READERS as ARTICLE_READERS
from handlers.exposure.articles import WRITERS
from handlers.letters import READERS as LETTER_READERS
from handlers.notices import roster
from handlers.rewards import READERS as REWARD_READERS
from handlers.submissions import desk
from storage.errors import StorageError
from storage.people.staff import Role
from storage.submissions import task

EVERYBODY = frozenset(Role)
CLERKS = frozenset({Role.INTAKE, Role.LEADER})
CARRIERS = frozenset({Role.INTAKE, Role.LEADER, Role.PUBLISHER, Role.ADMIN})
KEEPERS = frozenset({Role.ADMIN, Role.SECURITY})
AUDITORS = frozenset({Role.AUDITOR, Role.SECURITY})

UNAVAILABLE = "暂时读不到或存不下，请稍后再试；仍然如此请联系系统管理员。"
log = logging.getLogger("shian.console")

FORM_BYTES = 256 * 1024
UPLOAD_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Page:
    """A page or a form's target. `early` ones are open before a one-time password was replaced."""

    method: str
    path: str
    view: Callable[..., ResponseReturnValue]
    roles: frozenset[Role]
    early: bool = False

    @property
    def name(self) -> str:
        """``submissions_queue``: the module and the function."""
        return f"{self.view.__module__.rpartition('.')[2]}_{self.view.__name__}"


PAGES = (
    Page("GET", "/welcome", home.welcome, EVERYBODY),
    Page("POST", "/sign-out", signin.leave, EVERYBODY, early=True),
    Page("GET", "/password", signin.ask_password, EVERYBODY, early=True),
    Page("POST", "/password", signin.set_password, EVERYBODY, early=True),
    Page("GET", "/submissions", submissions.queue, desk.READERS),
    Page("GET", "/submissions/new", entry.blank, CLERKS),
    Page("POST", "/submissions/new", entry.create, CLERKS),
    Page("GET", "/submissions/<number>", submissions.look, desk.READERS),
    Page("POST", "/submissions/<number>/moves/<name>", submissions.act, desk.READERS),
    Page("GET", "/tasks", tasks.board, desk.READERS),
    Page("POST", "/tasks/<id>", tasks.finish, desk.READERS),
    Page("GET", "/evidence/<id>", evidence.show, desk.READERS),
    Page("GET", "/rewards", rewards.ledger, REWARD_READERS),
    Page("GET", "/rewards/<number>", rewards.look, REWARD_READERS),
    Page("POST", "/rewards/<number>/moves/<name>", rewards.act, REWARD_READERS),
    Page("GET", "/articles", articles.shelf, ARTICLE_READERS),
    Page("GET", "/articles/new", writing.blank, WRITERS),
    Page("POST", "/articles/new", writing.create, WRITERS),
    Page("GET", "/articles/<id>", articles.read, ARTICLE_READERS),
    Page("POST", "/articles/<id>/moves/<name>", articles.act, ARTICLE_READERS),
    Page("GET", "/articles/<id>/edit", writing.edit, WRITERS),
    Page("POST", "/articles/<id>/edit", writing.save, WRITERS),
    Page("GET", "/articles/<id>/phone", articles.phone, ARTICLE_READERS),
    Page("GET", "/articles/<id>/cover", articles.front, ARTICLE_READERS),
    Page("GET", "/articles/<id>/pictures/<picture>", articles.picture, ARTICLE_READERS),
    Page("GET", "/duty", duty.plan, roster.READERS),
    Page("POST", "/duty", duty.set_day, roster.EDITORS),
    Page("POST", "/duty/copy", duty.copy, roster.EDITORS),
    Page("POST", "/duty/phone", duty.set_phone, roster.EDITORS),
    Page("POST", "/alarms/<number>/acknowledge", duty.acknowledge, EVERYBODY),
    Page("GET", "/wechat", binding.show, EVERYBODY),
    Page("POST", "/wechat", binding.offer, EVERYBODY),
    Page("POST", "/wechat/release", binding.release, EVERYBODY),
    Page("GET", "/letters", letters.shelf, LETTER_READERS),
    Page("GET", "/letters/<reference>", letters.look, LETTER_READERS),
    Page("POST", "/letters/<reference>/refer", letters.refer, LETTER_READERS),
    Page("GET", "/deliveries", trail.deliveries, CARRIERS),
    Page("GET", "/staff", accounts.roster, KEEPERS),
    Page("POST", "/staff", accounts.add, KEEPERS),
    Page("POST", "/staff/reset", accounts.reset, KEEPERS),
    Page("GET", "/audit", trail.chain, AUDITORS),
)
NAVIGATION = (
    ("submissions_queue", "受理队列"),
    ("tasks_board", "待办"),
    ("entry_blank", "手工录入"),
    ("articles_shelf", "稿件"),
    ("rewards_ledger", "奖励"),
    ("accounts_roster", "账号"),
    ("letters_shelf", "来信"),
    ("trail_chain", "审计"),
    ("duty_plan", "值班"),
    ("trail_deliveries", "送达"),
)
"""The first of these that an account may see is its home."""


def create_blueprint(service: Service) -> Blueprint:
    """The console of one office."""
    blueprint = Blueprint(
        "console",
        __name__,
        url_prefix="/console",
        template_folder="templates",
        static_folder="static",
    )
    blueprint.add_url_rule("/sign-in", "sign_in", partial(signin.ask, service), methods=["GET"])
    blueprint.add_url_rule("/sign-in", "enter", partial(signin.enter, service), methods=["POST"])
    for page in PAGES:
        blueprint.add_url_rule(page.path, page.name, _guarded(service, page), methods=[page.method])
    blueprint.add_url_rule("/", "home", _guarded(service, Page("GET", "/", _home, EVERYBODY)))
    blueprint.before_request(_limit_size)
    blueprint.after_request(_headers)
    blueprint.context_processor(partial(_names, words.of(service)))
    blueprint.register_error_handler(Refused, _refused)
    blueprint.register_error_handler(StorageError, _unavailable)
    return blueprint


def _guarded(service: Service, page: Page) -> Callable[..., ResponseReturnValue]:
    """The view, behind sign-in, roles and the proof that a form is ours."""

    def answer(**arguments: str) -> ResponseReturnValue:
        visit = current(service)
        if request.method == "POST":
            request.max_content_length = UPLOAD_BYTES if visit else FORM_BYTES
            _check_form(service, visit)
        if visit is None:
            came_for = request.full_path.removesuffix("?") if request.method != "POST" else None
            return redirect(url_for("console.sign_in", next=came_for))
        g.visit = visit
        if visit.staff.must_change and not page.early:
            return redirect(url_for("console.signin_ask_password"))
        if not page.roles & visit.staff.roles:
            abort(403)
        return page.view(visit, **arguments)

    return answer


def _check_form(service: Service, visit: Visit | None) -> None:
    """Refuse forms of other sites and without token. One whose session ended is told to sign in instead."""
    if from_elsewhere(service):
        abort(403)
    if not request.form.get("csrf"):
        abort(400)
    if visit and not same(request.form["csrf"], visit.csrf):
        abort(403)


def _home(visit: Visit) -> ResponseReturnValue:
    first = next((name for name, _ in _navigation(visit)), "home_welcome")
    return redirect(url_for(f"console.{first}"))


def _navigation(visit: Visit) -> Iterator[tuple[str, str]]:
    roles = {page.name: page.roles for page in PAGES}
    return ((name, label) for name, label in NAVIGATION if roles[name] & visit.staff.roles)


def _names(always: dict[str, object]) -> dict[str, object]:
    visit = g.get("visit")
    menu = [] if visit is None or visit.staff.must_change else list(_navigation(visit))
    above = duty.banner(visit) if visit is not None and not visit.staff.must_change else {}
    return always | {"visit": visit, "navigation": menu, "open_tasks": _open_tasks(visit) if menu else 0} | above


def _open_tasks(visit: Visit | None) -> int:
    """How many tasks wait, for whoever may see them."""
    if visit is None or not desk.may_read(visit.staff):
        return 0
    try:
        with visit.service.db.read() as tx:
            return task.count_open(tx)
    except StorageError:
        return 0  # the page that says so needs this as well


def _limit_size() -> None:
    request.max_content_length = FORM_BYTES


def _headers(response: Response) -> Response:
    if request.endpoint != "console.static":
        # Counters are shared; nothing of a case stays in the browser after signing out.
        response.headers.setdefault("Cache-Control", "no-store")
    # With no-referrer a browser sends forms with "Origin: null", which proves nothing.
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response


def _refused(refused: Refused) -> tuple[str, int]:
    return render_template("console/refused.html", text=refused.text), status_of(refused)


def _unavailable(error: StorageError) -> ResponseReturnValue:
    log.error("%s %s could not be answered: %s", request.method, request.path, error)
    return render_template("console/refused.html", text=UNAVAILABLE), 503
