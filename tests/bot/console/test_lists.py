"""Lists of the console: walking the pages gives every row once, in order, whatever is added meanwhile."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import count

import pytest

from bot.console import articles, deliveries, letters, queue, rewards, tasks
from bot.console import audit as audit_view
from handlers.letters import keep
from storage import audit, reward
from storage.exposure import article
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.people.staff import Role
from storage.submissions import task

NEXT = re.compile(r'rel="next" href="/console([^"]+)"')
FIRST = re.compile(r'rel="first" href="/console([^"]+)"')


@pytest.fixture
def walk(signed_in):
    """What a pattern finds on each page of a list; `between` is called before the next one is read."""
    device = signed_in("all", *Role)

    def read(path, pattern, between=lambda: None):
        pages = []
        while path:
            page = device.read(path)
            pages.append(re.findall(pattern, page))
            link = NEXT.search(page)
            path = link and unescape(link[1])
            between()
        return pages

    return read


@pytest.fixture
def short(monkeypatch):
    """Make the pages of a list short."""

    def set_size(view, name, size):
        monkeypatch.setattr(view, name, replace(getattr(view, name), size=size))

    return set_size


def test_letters(service, clock, walk, short):
    short(letters, "SHELF", 2)

    def arrive():
        clock.advance(minutes=1)
        return service.db.write(lambda tx: keep(tx, service.office, "o1", "text"))

    made = [arrive() for _ in range(5)]
    pages = walk("/letters", r"JJ\d{8}-\w{4}(?=<)", arrive)
    shown = [one for page in pages for one in page]
    # Of a day's letters none is known to be the newest: one that comes meanwhile may stand on a later page.
    assert set(made) <= set(shown)
    assert len(shown) == len(set(shown))
    assert {len(page) for page in pages[:-1]} == {2}


def test_the_audit_keeps_its_filter(service, walk, short):
    short(audit_view, "CHAIN", 2)

    def note(subject, detail):
        service.db.write(lambda tx: audit.write(tx, actor="li", action="open", subject=subject, detail=detail))

    for n in range(5):
        note("SA-1", f"row {n}")
        note("SA-2", f"other {n}")
    found = walk("/audit?subject=SA-1", r"row \d|other \d", lambda: note("SA-1", "row 9"))
    assert found == [["row 4", "row 3"], ["row 2", "row 1"], ["row 0"]]


def test_deliveries(service, clock, walk, short):
    short(deliveries, "BOARD", 2)

    def fail(error):
        clock.advance(minutes=1)

        def put(tx):
            outbox.put(tx, "article", Subject(Topic.RELEASE, error, ""))
            parcel = outbox.claim(tx, "article")
            outbox.hold(tx, parcel.id, error)

        service.db.write(put)

    for n in range(4):
        fail(f"trouble {n}")
    later = count(4)
    found = walk("/deliveries", r"trouble \d", lambda: fail(f"trouble {next(later)}"))
    assert found == [["trouble 3", "trouble 2"], ["trouble 1", "trouble 0"]]


def test_rewards_keep_their_state(service, phone, stored, clock, walk, short):
    short(rewards, "LEDGER", 2)

    def apply(state="applied"):
        clock.advance(minutes=1)
        phone.say("举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉")
        made = stored()[-1]

        def offer(tx):
            reward.offer(tx, made.id)
            reward.change(tx, reward.find(tx, made.number), state=state, applied_at=tx.stamp)

        service.db.write(offer)
        return made.number

    made = [apply() for _ in range(3)]
    apply("refused")
    assert walk("/rewards?state=applied", r"SA\d{8}-\d{4}(?=<)") == [made[:2], made[2:]]


def test_the_second_page_leads_back_to_the_first_and_keeps_the_filter(service, signed_in, short):
    short(audit_view, "CHAIN", 2)
    for _ in range(3):
        service.db.write(lambda tx: audit.write(tx, actor="li", action="open", subject="SA-1"))
    device = signed_in("shen", Role.AUDITOR)
    first = device.read("/audit?subject=SA-1")
    second = device.read(unescape(NEXT.search(first)[1]))
    assert not FIRST.search(first)
    assert FIRST.search(second)[1] == "/audit?subject=SA-1"


@pytest.mark.parametrize(
    "path", ["/audit", "/letters", "/deliveries", "/rewards", "/tasks", "/articles", "/submissions"]
)
def test_a_cursor_that_means_nothing_is_told(signed_in, path):
    answer = signed_in("all", *Role).get(f"{path}?after=nonsense")
    assert answer.status_code == 400
    assert "从列表第一页重新翻起" in answer.text


def test_tasks_come_by_their_day(service, phone, stored, walk, short):
    short(tasks, "BOARD", 2)
    phone.say("举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉")
    made = stored()[-1].id

    def ask(day):
        due, title = date(2027, 1, day), f"day {day}"
        service.db.write(lambda tx: task.add(tx, "refer", made, title, title=title, body="", due_on=due))

    for day in (12, 11, 14, 13):
        ask(day)
    earlier = count(1)
    found = walk("/tasks", r"day \d+", lambda: ask(next(earlier)))
    assert found == [["day 11", "day 12"], ["day 13", "day 14"]]


def test_articles_keep_their_state(service, clock, walk, short):
    short(articles, "SHELF", 2)

    def write(title):
        clock.advance(minutes=1)
        fields = dict.fromkeys(("summary", "body", "party", "cover"), "")
        service.db.write(lambda tx: article.add(tx, title=title, category="other", author="li", **fields))

    for n in range(3):
        write(f"case {n}")
    assert walk("/articles?state=draft", r"case \d", lambda: write("case 9")) == [["case 2", "case 1"], ["case 0"]]
    assert walk("/articles?state=released", r"case \d") == [[]]


def test_the_queue_keeps_its_order_and_filters(phone, clock, stored, walk, short):
    short(queue, "QUEUE", 2)

    def report(what="卖过期卤肉"):
        clock.advance(minutes=1)
        phone.say(f"举报 店名：老王熟食店 地址：青屏大街12号 问题：{what}")
        return stored()[-1].number

    made = [report(), report(), report("汤里放罂粟壳，三个人正在医院抢救"), report()]
    number = r"(?<=>)SA\d{8}-\d{4}(?=</span> · )"
    assert walk("/submissions", number) == [[made[2], made[0]], [made[1], made[3]]]
    assert walk("/submissions?stage=all&kind=report", number, report) == [[made[3], made[2]], [made[1], made[0]]]
    assert walk("/submissions?stage=all&kind=complaint", number) == [[]]


def test_a_filter_takes_a_text_of_any_length(signed_in, tip):
    tip()
    listed = signed_in("li", Role.INTAKE).read(f"/submissions?text={'a' * 60_000}")
    assert "老王熟食店" not in listed


@pytest.mark.parametrize("nasty", ["%00", "a%00b", "%ED%A0%80", "%25", "%27", "%22", "*", "9" * 400, "NEAR(", "%C4%B0"])
def test_no_filter_is_a_fault_of_ours(signed_in, nasty):
    browser = signed_in("all", *Role)
    for path in ("audit", "letters", "deliveries", "rewards", "tasks", "articles", "submissions"):
        for name in ("after", "subject", "state", "stage", "kind", "category", "unit", "assignee", "text", "mine"):
            assert browser.get(f"/{path}?{name}={nasty}").status_code < 500, (path, name)
