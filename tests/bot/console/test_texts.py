"""Every look at words of citizens, or at notices to them, is on record: for each page of the console, which."""

import pytest

from bot.console.pages import PAGES
from storage import audit
from storage.people.staff import Role
from storage.submissions import evidence, submission

LOOKS = {
    "/submissions": ("list", "queue_board"),
    "/submissions/<number>": ("open", "number"),
    "/submissions/<number>/papers": ("open", "number"),
    "/submissions/<number>/transcript": ("open", "number"),
    "/unregistered": ("list", "orders_unregistered"),
    "/evidence/<id>": ("evidence_open", "number"),
    "/tasks": ("list", "tasks_board"),
    "/deliveries": ("list", "deliveries_board"),
}
"""Page -> the action on record, and its subject."""
NO_WORDS = {
    "/",
    "/alarms",
    "/password",
    "/account",
    "/account/factor",
    "/submissions/new",
    "/unregistered/<form>",  # taking it out is recorded (test_orders.py)
    "/submissions/<number>/papers/<id>",  # fetching one is recorded (test_papers.py)
    "/rewards",  # numbers, states and amounts
    "/rewards/<number>",
    "/articles",  # what the office publishes
    "/articles/new",
    "/articles/<id>",
    "/articles/<id>/edit",
    "/articles/<id>/phone",
    "/articles/<id>/cover",
    "/articles/<id>/pictures/<picture>",
    "/calendar",
    "/duty",
    "/wechat",
    "/letters",  # references alone: a letter leaves no trace before it is opened
    "/letters/key",
    "/letters/<reference>",  # closed: the form that opens it is recorded (test_letters.py)
    "/staff",
    "/audit",
}


@pytest.fixture
def rows(service):
    """What came to the record since it was asked last: (action, subject, detail)."""
    seen = [0]

    def read():
        with service.db.read() as tx:
            new = list(audit.rows(tx, after=seen[0]))
        seen[0] = new[-1].seq if new else seen[0]
        return [(row.action, row.subject, row.detail) for row in new]

    return read


@pytest.fixture
def everything(service, signed_in, report):
    """Somebody who may see all, and what fills the gaps of addresses."""
    device = signed_in("li", *Role)

    def make(tx):
        found = submission.get(tx, report.number)
        item = evidence.await_media(tx, sender="s", kind="image", media="m", submission=found.id)
        evidence.stored(tx, item, sha256=service.files.put(b"picture"), size=7, mime="image/png")
        return {"number": report.number, "id": item}

    return device, service.db.write(make)


BEFORE = {"/code"}
"""What nobody sees who was let in."""


def test_for_every_page_it_is_said_whether_it_shows_words():
    assert {page.path for page in PAGES if page.method == "GET"} == LOOKS.keys() | NO_WORDS | BEFORE


@pytest.mark.parametrize("path", LOOKS)
def test_a_look_at_words_leaves_one_row(everything, rows, path):
    device, gaps = everything
    rows()
    address = path
    for name, value in gaps.items():
        address = address.replace(f"<{name}>", value)
    assert device.get(address).status_code == 200
    action, subject = LOOKS[path]
    assert [row[:2] for row in rows()] == [(action, gaps.get(subject, subject))]


@pytest.mark.parametrize("path", sorted(path for path in NO_WORDS if "<" not in path))
def test_a_page_without_words_leaves_none(everything, rows, path):
    device, _ = everything
    rows()
    device.read(path)
    assert rows() == []


def test_the_row_names_the_filters_and_nothing_that_was_typed(everything, rows):
    device, _ = everything
    rows()
    device.read("/submissions?kind=report&text=王小明&stage=13812345678&urgent=1&category=13812345678")
    assert rows() == [("list", "queue_board", "text kind=report category urgent=1 stage")]


def test_a_board_that_a_refusal_shows_again_is_a_look_too(clerk, service, rows, phone):
    phone.say("举报 店名：甲 地址：郑州市金水区花园路1号 问题：臭肉")
    device, form = clerk, clerk.form("/tasks", "/task_done")
    rows()
    answer = device.client.post(form.action, data=form.fields | {"version": "99"})
    assert answer.status_code >= 400
    assert [row[:2] for row in rows()] == [("list", "tasks_board")]
    assert device.get("/submissions?after=nonsense").status_code == 400
    assert rows() == [], "nothing was shown"
