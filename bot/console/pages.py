"""PAGES: every page of the console, and who may see it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from bot.console import (
    account,
    alarms,
    articles,
    audit,
    calendar,
    deliveries,
    entry,
    evidence,
    home,
    letters,
    orders,
    papers,
    people,
    queue,
    rewards,
    roster,
    signin,
    submissions,
    tasks,
)
from bot.console.lists import List
from handlers.exposure.articles import READERS as ARTICLE_READERS
from handlers.exposure.articles import WRITERS
from handlers.letters import READERS as LETTER_READERS
from handlers.notices.roster import EDITORS as ROSTER_EDITORS
from handlers.notices.roster import READERS as ROSTER_READERS
from handlers.people.granting import CONFIRMERS
from handlers.people.granting import PROPOSERS as KEEPERS
from handlers.people.signing_in import Step
from handlers.rewards import READERS as REWARD_READERS
from handlers.submissions import desk
from handlers.tasks import READERS as TASK_READERS
from storage.people.staff import Role

EVERYBODY = frozenset(Role)
"""Whoever has an account, also one whose roles wait to be confirmed."""
CLERKS = frozenset({Role.INTAKE, Role.LEADER})
CARRIERS = frozenset({Role.INTAKE, Role.LEADER, Role.PUBLISHER, Role.ADMIN})
CALENDAR_KEEPERS = frozenset({Role.INTAKE, Role.LEADER})
AUDITORS = frozenset({Role.AUDITOR, Role.SECURITY})


@dataclass(frozen=True)
class Page:
    """A page or a form's target. `early` are the steps of signing in during which it is open.

    `texts` is the list on it that shows words of citizens, or tells of notices to them: each look is recorded. A page
    about one thing records its opening itself. `idle`: an open page asks for it, so that it keeps no session alive.
    """

    method: str
    path: str
    view: Callable[..., ResponseReturnValue]
    roles: frozenset[Role]
    early: frozenset[Step] = frozenset()
    texts: List | None = None
    idle: bool = False

    @property
    def name(self) -> str:
        """``queue_board``: the module and the function."""
        return f"{self.view.__module__.rpartition('.')[2]}_{self.view.__name__}"


PAGES = (
    Page("GET", "/", home.day, EVERYBODY),
    Page("GET", "/alarms", alarms.strip, EVERYBODY, idle=True),
    Page("POST", "/sign-out", signin.leave, EVERYBODY, early=frozenset(Step)),
    Page("GET", "/code", signin.ask_code, EVERYBODY, early=frozenset({Step.CODE})),
    Page("POST", "/code", signin.prove, EVERYBODY, early=frozenset({Step.CODE})),
    Page("GET", "/password", signin.ask_password, EVERYBODY, early=frozenset({Step.PASSWORD})),
    Page("POST", "/password", signin.set_password, EVERYBODY, early=frozenset({Step.PASSWORD})),
    Page("GET", "/account", account.look, EVERYBODY),
    Page("POST", "/account/sessions", account.end_others, EVERYBODY),
    Page("POST", "/account/delegations", account.delegate, EVERYBODY),
    Page("POST", "/account/delegations/<id>/end", account.end_delegation, EVERYBODY),
    Page("GET", "/account/factor", account.show_factor, EVERYBODY, early=frozenset({Step.FACTOR})),
    Page("POST", "/account/factor", account.set_factor, EVERYBODY, early=frozenset({Step.FACTOR})),
    Page("POST", "/account/factor/end", account.end_factor, EVERYBODY),
    Page("GET", "/submissions", queue.board, desk.READERS, texts=queue.QUEUE),
    Page("GET", "/submissions/new", entry.blank, CLERKS),
    Page("POST", "/submissions/new", entry.create, CLERKS),
    Page("GET", "/unregistered", orders.unregistered, desk.READERS, texts=orders.UNREGISTERED),
    Page("GET", "/unregistered/<form>", orders.export, desk.READERS),
    Page("GET", "/submissions/<number>/transcript", orders.transcript, desk.READERS),
    Page("GET", "/submissions/<number>", submissions.look, desk.READERS),
    Page("POST", "/submissions/<number>/moves/<name>", submissions.act, desk.READERS),
    Page("GET", "/submissions/<number>/papers", papers.look, desk.READERS),
    Page("POST", "/submissions/<number>/papers/<code>", papers.make, desk.READERS),
    Page("GET", "/submissions/<number>/papers/<id>", papers.document, desk.READERS),
    Page("POST", "/submissions/<number>/proof", papers.proof_folder, desk.READERS),
    Page("POST", "/submissions/<number>/say", submissions.say, desk.READERS),
    Page("POST", "/submissions/<number>/drafts/<name>", submissions.keep_draft, desk.READERS),
    Page("GET", "/tasks", tasks.board, TASK_READERS, texts=tasks.BOARD),
    Page("POST", "/tasks/<id>/moves/<name>", tasks.act, TASK_READERS, texts=tasks.BOARD),
    Page("GET", "/evidence/<id>", evidence.show, desk.READERS),
    Page("GET", "/rewards", rewards.ledger, REWARD_READERS),
    Page("GET", "/rewards/<number>", rewards.look, REWARD_READERS),
    Page("POST", "/rewards/<number>/moves/<name>", rewards.act, REWARD_READERS),
    Page("GET", "/articles", articles.shelf, ARTICLE_READERS),
    Page("GET", "/articles/new", articles.blank, WRITERS),
    Page("POST", "/articles/new", articles.create, WRITERS),
    Page("GET", "/articles/<id>", articles.read, ARTICLE_READERS),
    Page("POST", "/articles/<id>/moves/<name>", articles.act, ARTICLE_READERS),
    Page("GET", "/articles/<id>/edit", articles.edit, WRITERS),
    Page("POST", "/articles/<id>/edit", articles.save, WRITERS),
    Page("GET", "/articles/<id>/phone", articles.phone, ARTICLE_READERS),
    Page("GET", "/articles/<id>/cover", articles.front, ARTICLE_READERS),
    Page("GET", "/articles/<id>/pictures/<picture>", articles.picture, ARTICLE_READERS),
    Page("GET", "/calendar", calendar.look, desk.READERS),
    Page("POST", "/calendar", calendar.read, CALENDAR_KEEPERS),
    Page("POST", "/calendar/days", calendar.take_in, CALENDAR_KEEPERS),
    Page("GET", "/duty", roster.plan, ROSTER_READERS),
    Page("POST", "/duty", roster.set_day, ROSTER_EDITORS),
    Page("POST", "/duty/copy", roster.copy, ROSTER_EDITORS),
    Page("POST", "/duty/phone", roster.set_phone, ROSTER_EDITORS),
    Page("POST", "/alarms/<number>/acknowledge", alarms.acknowledge, EVERYBODY),
    Page("GET", "/wechat", account.show_wechat, EVERYBODY),
    Page("POST", "/wechat", account.offer_code, EVERYBODY),
    Page("POST", "/wechat/release", account.release_wechat, EVERYBODY),
    Page("GET", "/letters", letters.shelf, LETTER_READERS),
    Page("GET", "/letters/key", letters.ask_key, LETTER_READERS),
    Page("POST", "/letters/key", letters.set_key, LETTER_READERS),
    Page("POST", "/letters/hand-over", letters.hand_over, LETTER_READERS),
    Page("GET", "/letters/<reference>", letters.look, LETTER_READERS),
    Page("POST", "/letters/<reference>", letters.open_letter, LETTER_READERS),
    Page("POST", "/letters/<reference>/moves/<name>", letters.act, LETTER_READERS),
    Page("GET", "/deliveries", deliveries.board, CARRIERS, texts=deliveries.BOARD),
    Page("GET", "/staff", people.board, CONFIRMERS),
    Page("POST", "/staff", people.add, KEEPERS),
    Page("POST", "/staff/reset", people.reset, KEEPERS),
    Page("POST", "/staff/roles/confirm", people.confirm_role, CONFIRMERS),
    Page("POST", "/staff/roles/refuse", people.refuse_role, CONFIRMERS),
    Page("GET", "/audit", audit.chain, AUDITORS),
)
FIRST = {
    Step.CODE: "signin_ask_code",
    Step.PASSWORD: "signin_ask_password",
    Step.FACTOR: "account_show_factor",
}
"""Where each step leads whoever asks for anything else."""
NAVIGATION = (
    ("home_day", "我的一天"),
    ("queue_board", "受理队列"),
    ("tasks_board", "待办"),
    ("entry_blank", "手工录入"),
    ("orders_unregistered", "未登记12315"),
    ("articles_shelf", "稿件"),
    ("rewards_ledger", "奖励"),
    ("people_board", "账号"),
    ("letters_shelf", "来信"),
    ("audit_chain", "审计"),
    ("roster_plan", "值班"),
    ("calendar_look", "日历"),
    ("deliveries_board", "送达"),
)
