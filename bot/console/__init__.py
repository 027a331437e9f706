"""The staff console under ``/console/``. PAGES says which pages there are and who may see them."""

import logging
from collections.abc import Callable, Iterator
from functools import partial

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import working_days
from bot.console import alarms, labels, lists, people, signin
from bot.console.pages import EVERYBODY, FIRST, NAVIGATION, PAGES, Page
from bot.console.session import Visit, current, from_elsewhere, same
from bot.service import Service
from bot.web.refusals import status_of
from handlers.errors import Refused
from handlers.submissions import desk
from storage.errors import BadCursor, StorageError
from storage.submissions import task

UNAVAILABLE = "暂时读不到或存不下，请稍后再试；仍然如此请联系系统管理员。"
NO_PAGE = "这个翻页地址不完整或已失效，请从列表第一页重新翻起。"
log = logging.getLogger("shian.console")

FORM_BYTES = 256 * 1024
UPLOAD_BYTES = 32 * 1024 * 1024


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
    blueprint.before_request(_limit_size)
    blueprint.before_request(working_days.watch(service.db))
    blueprint.after_request(_headers)
    blueprint.context_processor(partial(_names, labels.of(service)))
    blueprint.register_error_handler(Refused, _refused)
    blueprint.register_error_handler(BadCursor, _no_page)
    blueprint.register_error_handler(StorageError, _unavailable)
    return blueprint


def _guarded(service: Service, page: Page) -> Callable[..., ResponseReturnValue]:
    """The view, behind sign-in, roles and the proof that a form is ours."""

    def answer(**arguments: str) -> ResponseReturnValue:
        visit = current(service, idle=page.idle)
        if request.method == "POST":
            request.max_content_length = UPLOAD_BYTES if visit else FORM_BYTES
            _check_form(service, visit)
        if visit is None:
            if request.method == "POST" and "/submissions/" in request.path:
                return signin.ask_again(service)
            came_for = request.full_path.removesuffix("?") if request.method != "POST" else None
            return redirect(url_for("console.sign_in", next=came_for))
        g.visit = visit
        if visit.step and visit.step not in page.early:
            return redirect(url_for(f"console.{FIRST[visit.step]}"))
        if page.roles != EVERYBODY and not page.roles & visit.staff.roles:
            abort(403)
        return _recorded(visit, page, make_response(page.view(visit, **arguments)))

    return answer


def _recorded(visit: Visit, page: Page, shown: Response) -> Response:
    """A page of a list is not shown before the look at it is on record."""
    if (listing := page.texts) and not 300 <= shown.status_code < 400:
        asked = lists.asked(listing)
        visit.service.db.write(lambda tx: desk.note_list(tx, visit.staff, listing.page, asked))
    return shown


def _check_form(service: Service, visit: Visit | None) -> None:
    """Refuse forms of other sites and without token. One whose session ended is told to sign in instead."""
    if from_elsewhere(service):
        abort(403)
    if not request.form.get("csrf"):
        abort(400)
    if visit and not same(request.form["csrf"], visit.csrf):
        abort(403)


def _navigation(visit: Visit) -> Iterator[tuple[str, str]]:
    roles = {page.name: page.roles for page in PAGES}
    return ((name, label) for name, label in NAVIGATION if roles[name] & visit.staff.roles)


def _names(always: dict[str, object]) -> dict[str, object]:
    visit = g.get("visit")
    menu = [] if visit is None or visit.step else list(_navigation(visit))
    above = alarms.banner(visit) | people.notices(visit) if visit is not None and not visit.step else {}
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


def _no_page(error: BadCursor) -> tuple[str, int]:
    return render_template("console/refused.html", text=NO_PAGE), 400


def _unavailable(error: StorageError) -> ResponseReturnValue:
    log.error("%s %s could not be answered: %s", request.method, request.path, error)
    return render_template("console/refused.html", text=UNAVAILABLE), 503
