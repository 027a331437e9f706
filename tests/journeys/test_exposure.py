"""From a case to the follower's phone: written, approved by another, scheduled, sent exactly once."""

from datetime import timedelta

import pytest

from bot.simulator import Fault
from bot.simulator.samples import photo
from content.exposure import cover
from handlers.exposure import articles
from storage.exposure import article
from storage.exposure.article import Article

SENDALL, SUBMIT = "message/mass/sendall", "freepublish/submit"
TEXT = {
    "title": "某熟食店销售过期食品案",
    "summary": "没收并罚款",
    "body": "## 基本案情\n\n查获过期卤肉12袋。\n",
    "category": "online_offline",
    "party": "某熟食店",
}


@pytest.fixture
def schedule(town, newsroom):
    """Bring an article through review and schedule it a minute ahead."""

    def bring(channel: str = "mass", **changes: str) -> Article:
        editor, reviewer, publisher = newsroom.editor, newsroom.reviewer, newsroom.publisher

        def write(tx) -> Article:
            made = articles.write(tx, TEXT | changes, cover="", staff=editor)
            articles.move(tx, town.service.office, made.id, "submit", staff=editor, version=None, values={})
            confirm = list(articles.CHECKS)
            articles.move(
                tx, town.service.office, made.id, "approve", staff=reviewer, version=None, values={"confirm": confirm}
            )
            at = tx.now + timedelta(minutes=1)
            values = {"at": at.isoformat(), "channel": channel}
            return articles.move(
                tx, town.service.office, made.id, "schedule", staff=publisher, version=None, values=values
            )

        town.platform.follow("a")
        return town.service.db.write(write)

    return bring


@pytest.fixture
def found(town):
    def read(id: str) -> Article:
        with town.service.db.read() as tx:
            return article.get(tx, id)

    return read


@pytest.fixture
def state(found):
    return lambda id: found(id).state


def test_a_scheduled_article_arrives_once_and_stands_in_the_archive(town, schedule, found):
    made = schedule()
    town.work()
    assert found(made.id).state == "scheduled"
    town.clock.advance(minutes=1)
    town.work_until(lambda: found(made.id).url)  # told by the event, which may come after an answer
    assert found(made.id).state == "released"
    assert town.cards("a") == [TEXT["title"]]
    assert TEXT["title"] in town.platform.say("a", "曝光").reply.text


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (SENDALL, Fault(errcode=-1)),
        (SENDALL, Fault(errcode=42001)),
        (SENDALL, Fault(lost=True)),
        (SENDALL, Fault(event_first=True)),
        (SENDALL, Fault(no_event=True)),
        (SENDALL, Fault(lost=True, no_event=True)),
        ("draft/add", Fault(errcode=-1)),
        ("draft/add", Fault(lost=True)),
        ("draft/add", Fault(errcode=40001)),
        ("material/add_material", Fault(errcode=-1)),
        ("stable_token", Fault(errcode=-1)),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value).replace("Fault", ""),
)
def test_whatever_goes_wrong_on_the_way_it_is_sent_exactly_once(town, schedule, state, path, fault):
    made = schedule()
    town.platform.script(path, fault)
    town.clock.advance(minutes=1)
    town.work_until(lambda: state(made.id) == "released")
    town.work(rounds=20, seconds=30)
    assert town.cards("a") == [TEXT["title"]]


@pytest.mark.parametrize("channel", ["mass", "publish"])
def test_an_answer_that_comes_too_late_does_not_send_it_twice(town, schedule, state, monkeypatch, channel):
    monkeypatch.setattr("bot.wechat.gateway.TIMEOUT", (1, 0.3))
    made = schedule(channel)
    town.platform.script(SENDALL if channel == "mass" else SUBMIT, Fault(delay=1))
    town.clock.advance(minutes=1)
    town.work_until(lambda: state(made.id) == "released")
    town.work(rounds=20, seconds=30)
    asked = [call for call in town.platform.calls if call.path == SUBMIT and "publish_id" in call.outcome]
    assert len(town.cards("a")) + len(asked) == 1


@pytest.mark.parametrize("fault", [Fault(), Fault(errcode=-1), Fault(lost=True), Fault(event_first=True)], ids=repr)
def test_a_publication_happens_exactly_once(town, schedule, state, fault):
    made = schedule("publish")
    if fault != Fault():
        town.platform.script(SUBMIT, fault)
    town.clock.advance(minutes=1)
    town.work_until(lambda: state(made.id) == "released")
    town.work(rounds=10, seconds=30)
    assert len([call for call in town.platform.calls if call.path == SUBMIT and "publish_id" in call.outcome]) == 1


def test_a_draft_is_only_put_into_the_box(town, schedule, state):
    made = schedule("draft")
    town.clock.advance(minutes=1)
    town.work_until(lambda: state(made.id) == "released")
    assert town.asked(SENDALL) == town.asked(SUBMIT) == 0
    assert town.asked("draft/add") == 1


def test_a_worker_killed_between_draft_and_sending_resumes_and_sends_once(town, schedule, state, monkeypatch):
    made = schedule()
    town.clock.advance(minutes=1)

    class Killed(BaseException):
        pass

    def die(*_args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("bot.wechat.gateway.Gateway.mass_send", die)
        with pytest.raises(Killed):
            town.work()
    assert town.asked("draft/add") == 1
    assert town.asked(SENDALL) == 0
    town.work(seconds=16)
    town.work_until(lambda: state(made.id) == "released")
    assert town.asked("draft/add") == 1
    assert town.cards("a") == [TEXT["title"]]


def test_no_quota_keeps_it_scheduled_with_the_reason_and_is_not_asked_again_within_a_minute(town, schedule, state):
    made = schedule()
    town.platform.script(SENDALL, Fault(errcode=45028))
    town.clock.advance(minutes=1)
    town.work(rounds=50)
    assert town.asked(SENDALL) == 1
    with town.service.db.read() as tx:
        held = article.get(tx, made.id)
    assert held.state == "scheduled"
    assert "45028" in held.reason
    town.work(seconds=30)
    town.work_until(lambda: state(made.id) == "released")
    assert town.cards("a") == [TEXT["title"]]


def test_a_refusal_of_the_content_is_told_and_can_be_scheduled_again(town, schedule, state, newsroom):
    made = schedule()
    town.platform.script("draft/add", Fault(errcode=45166))
    town.clock.advance(minutes=1)
    town.work_until(lambda: state(made.id) == "failed")
    with town.service.db.read() as tx:
        assert "45166" in article.get(tx, made.id).reason

    def again(tx):
        values = {"at": tx.now.isoformat(), "channel": "mass"}
        articles.move(
            tx, town.service.office, made.id, "schedule", staff=newsroom.publisher, version=None, values=values
        )

    town.service.db.write(again)
    town.work_until(lambda: state(made.id) == "released")
    assert town.cards("a") == [TEXT["title"]]


def test_what_the_platform_refuses_to_send_out_is_a_failure(town, schedule, state):
    made = schedule()
    town.platform.script(SENDALL, Fault(outcome="err(20008)"))
    town.clock.advance(minutes=1)
    town.work_until(lambda: state(made.id) == "failed")
    with town.service.db.read() as tx:
        assert "涉嫌欺诈" in article.get(tx, made.id).reason
    assert town.cards("a") == []


def test_a_withdrawn_article_is_not_sent(town, schedule, state, newsroom):
    made = schedule()
    town.service.db.write(
        lambda tx: articles.move(
            tx, town.service.office, made.id, "withdraw", staff=newsroom.publisher, version=None, values={}
        )
    )
    town.clock.advance(minutes=1)
    town.work(rounds=10)
    assert state(made.id) == "withdrawn"
    assert town.asked(SENDALL) == 0


def test_pictures_in_the_body_are_uploaded_first(town, newsroom, state):
    editor, reviewer, publisher = newsroom.editor, newsroom.reviewer, newsroom.publisher
    town.platform.follow("a")
    picture = cover.check(photo())
    sha256 = town.service.files.put(picture.content)

    def write(tx) -> str:
        made = articles.write(tx, TEXT, cover="", staff=editor)
        id = article.add_picture(tx, made.id, sha256=sha256, mime=picture.mime)
        values = TEXT | {"body": f"现场照片\n\n![现场](picture:{id})\n"}
        made = articles.edit(tx, made.id, values, cover=None, staff=editor, version=made.version)
        articles.move(tx, town.service.office, made.id, "submit", staff=editor, version=None, values={})
        articles.move(
            tx,
            town.service.office,
            made.id,
            "approve",
            staff=reviewer,
            version=None,
            values={"confirm": [*articles.CHECKS]},
        )
        values = {"at": tx.now.isoformat(), "channel": "mass"}
        articles.move(tx, town.service.office, made.id, "schedule", staff=publisher, version=None, values=values)
        return made.id

    id = town.service.db.write(write)
    town.work_until(lambda: state(id) == "released")
    assert town.asked("media/uploadimg") == 1
    (draft,) = [call.body["articles"][0] for call in town.platform.calls if call.path == "draft/add"]
    assert "<img" in draft["content"]
    assert "picture:" not in draft["content"]
