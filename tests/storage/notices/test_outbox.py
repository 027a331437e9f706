"""The outbox: one worker at a time, nothing twice, nothing lost when a worker dies."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.engine.database import open_database
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from tests.verbs import state_of


@pytest.fixture
def put(db):
    def one(about="n1", kind="notice", text="您好", topic=Topic.SUBMISSION, cause="1", **more):
        more = {"openid": "o1"} | more
        db.write(lambda tx: outbox.put(tx, kind, Subject(topic, about, cause), payload={"text": text}, **more))

    return one


@pytest.fixture
def claim(db):
    return lambda kind="notice": db.write(lambda tx: outbox.claim(tx, kind))


@pytest.fixture
def state(ask):
    return lambda about="n1": ask(lambda tx: state_of(tx, about))


def test_a_parcel_is_claimed_once_with_all_that_is_needed(put, claim):
    put()
    parcel = claim()
    assert (parcel.addressee, parcel.payload, parcel.attempts, parcel.interrupted) == ("o1", {"text": "您好"}, 0, False)
    assert claim() is None


def test_addressee_and_text_are_unreadable_on_disk(put, ask):
    put(openid="oReporter", text="机密")
    row = str(ask(lambda tx: tx.one("select * from outbox")))
    assert "oReporter" not in row
    assert "机密" not in row


def test_two_workers_never_get_the_same_parcel(db, put, vault, clock, url):
    for i in range(40):
        put(f"n{i}")
    other = open_database(url, vault, clock)
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda home: home.write(lambda tx: outbox.claim(tx, "notice")), [db, other] * 25))
    other.close()
    ids = [parcel.id for parcel in got if parcel]
    assert len(ids) == len(set(ids)) == 40


def test_a_dead_workers_parcel_comes_back_marked_as_interrupted(put, claim, clock):
    put()
    claim()
    clock.advance(seconds=14)
    assert claim() is None
    clock.advance(seconds=2)
    assert claim().interrupted


def test_a_renewed_lease_lasts_longer(db, put, claim, clock):
    put()
    id = claim().id
    clock.advance(seconds=10)
    db.write(lambda tx: outbox.renew(tx, id))
    clock.advance(seconds=10)
    assert claim() is None


def test_what_is_not_due_waits_and_the_longest_due_goes_first(put, claim, clock):
    put("late", due_at=clock.now + timedelta(hours=1))
    put("second", due_at=clock.now + timedelta(seconds=2))
    put("first", due_at=clock.now + timedelta(seconds=1))
    clock.advance(seconds=5)
    assert [claim().subject.about for _ in range(2)] == ["first", "second"]
    assert claim() is None


def test_kinds_keep_to_themselves(put, claim):
    put(kind="article")
    assert claim("notice") is None
    assert claim("article")


def test_the_same_again_replaces_what_waits(put, claim):
    put(text="两张照片")
    put(text="三张照片")
    assert claim().payload == {"text": "三张照片"}
    assert claim() is None


@pytest.mark.parametrize(
    "other", [{"topic": Topic.ALARM}, {"about": "n2"}, {"cause": "2"}, {"part": 2}, {"openid": "o2"}], ids=str
)
def test_another_matter_part_or_person_is_another_parcel(put, claim, other):
    put()
    put(**other)
    assert claim().id != claim().id


@pytest.mark.parametrize("fate", ["sending", "sent", "held", "failed"])
def test_the_same_again_changes_nothing_that_no_longer_waits(db, ask, put, claim, fate):
    put(text="旧")
    id = claim().id
    settle = {"sent": outbox.sent, "held": lambda tx, id: outbox.hold(tx, id, "e")}
    settle |= {"failed": lambda tx, id: outbox.fail(tx, id, "e"), "sending": lambda tx, id: None}
    db.write(lambda tx: settle[fate](tx, id))
    before = ask(lambda tx: tx.all("select * from outbox"))
    put(text="新")
    assert before[0]["state"] == fate
    assert ask(lambda tx: tx.all("select * from outbox")) == before


def test_a_retry_waits_for_its_time_and_counts(db, put, claim, clock):
    put()
    id = claim().id
    later = clock.now + timedelta(seconds=30)
    db.write(lambda tx: outbox.again(tx, id, due_at=later, error="繁忙"))
    assert claim() is None
    clock.advance(seconds=31)
    parcel = claim()
    assert (parcel.attempts, parcel.interrupted) == (1, False)
    db.write(lambda tx: outbox.again(tx, id, due_at=tx.now, error="quota", counts=False))
    assert claim().attempts == 1


@pytest.fixture
def hold(db, put, claim, clock):
    """Notices that found no way."""

    def make(about, openid="o1", **more):
        put(about, openid=openid)
        clock.advance(seconds=1)
        id = claim().id
        db.write(lambda tx: outbox.hold(tx, id, "45015", **more))

    return make


def test_held_notices_are_their_persons_in_order(ask, hold):
    hold("n1")
    hold("n2", openid="o2")
    hold("n3")
    recipient = ask(lambda tx: tx.vault.digest("o1", "openid"))
    assert [one.subject.about for one in ask(lambda tx: outbox.held(tx, recipient))] == ["n1", "n3"]


def test_a_way_that_opens_wakes_what_is_held_but_nothing_doubtful(db, ask, hold, state):
    hold("n1")
    hold("n2", doubtful=True)
    hold("n3", openid="o2")
    recipient = ask(lambda tx: tx.vault.digest("o1", "openid"))
    db.write(lambda tx: outbox.wake(tx, recipient))
    assert [state(about)[0] for about in ("n1", "n2", "n3")] == ["waiting", "held", "held"]


def test_what_is_held_for_half_a_year_stays_with_staff_and_goes_no_more(db, ask, hold, state, clock):
    hold("old")
    clock.advance(days=100)
    hold("new")
    give_up = lambda tx: outbox.give_up(tx, tx.now - timedelta(days=50), 9)  # noqa: E731
    assert (db.write(give_up), db.write(give_up)) == (1, 0)
    assert [state(about)[0] for about in ("old", "new")] == ["failed", "held"]
    recipient = ask(lambda tx: tx.vault.digest("o1", "openid"))
    assert [one.subject.about for one in ask(lambda tx: outbox.held(tx, recipient))] == ["new"]
    assert [row["error"] for row in ask(outbox.troubles) if row["about"] == "old"] == ["等了半年，没有可用的送达方式"]


def test_old_parcels_are_forgotten_step_by_step_the_oldest_first(db, ask, put, claim, clock):
    for day in range(3):
        put(f"n{day}", topic=Topic.REWARD)
        id = claim().id
        db.write(lambda tx, id=id: outbox.sent(tx, id))
        clock.advance(days=1)
    forget = lambda tx: outbox.forget(tx, tx.now, 2)  # noqa: E731
    assert db.write(forget) == 2
    assert [row["about"] for row in ask(lambda tx: tx.all("select about from outbox"))] == ["n2"]
    assert (db.write(forget), db.write(forget)) == (1, 0)


def test_what_was_told_of_a_submission_stays_word_for_word_with_its_case(db, ask, put, claim, clock):
    put("s1", text="决定不予受理")
    id = claim().id
    db.write(lambda tx: outbox.sent(tx, id, "service"))
    clock.advance(days=2000)
    assert db.write(lambda tx: outbox.forget(tx, tx.now, 100)) == 0
    assert ask(lambda tx: outbox.texts(tx, Topic.SUBMISSION, "s1")) == {id: "决定不予受理"}
    assert [row["way"] for row in ask(lambda tx: outbox.about(tx, Topic.SUBMISSION, "s1"))] == ["service"]


def test_whoever_finds_a_lease_run_out_knows_what_was_tried(db, put, claim, clock):
    put()
    id = claim().id
    db.write(lambda tx: outbox.attempt(tx, id, "customer"))
    clock.advance(seconds=16)
    found = claim()
    assert (found.way, found.interrupted) == ("customer", True)
    assert found.tried_at is not None


S1 = Subject(Topic.SUBMISSION, "s1", "2")


def test_a_notice_is_told_when_all_its_parts_are(db, ask, put, claim):
    put("s1", cause="2")
    put("s1", cause="2", part=2)
    put("s1", cause="22")
    first = claim().id
    db.write(lambda tx: outbox.sent(tx, first, "customer"))
    assert ask(lambda tx: outbox.untold(tx, S1))
    second = claim().id
    db.write(lambda tx: outbox.sent(tx, second, "customer"))
    assert not ask(lambda tx: outbox.untold(tx, S1))
    assert ask(lambda tx: outbox.untold(tx, replace(S1, cause="22")))


def test_what_staff_have_told_is_not_sent_any_more(db, ask, put, claim, clock):
    put("s1", cause="2")
    put("s1", cause="2", part=2)
    put("s1", cause="3")
    db.write(lambda tx: outbox.told_by_staff(tx, S1, "phone", clock.now))
    assert claim().subject.cause == "3"
    assert claim() is None
    rows = ask(lambda tx: outbox.about(tx, Topic.SUBMISSION, "s1"))
    assert [(row["cause"], row["state"], row["way"]) for row in rows] == [
        ("2", "sent", "phone"),
        ("2", "sent", "phone"),
        ("3", "sending", ""),
    ]


def test_only_what_waits_can_be_taken_back(db, put, claim, state):
    put("n1")
    put("n2")
    claim()
    for about in ("n1", "n2"):
        db.write(lambda tx, about=about: outbox.drop(tx, Topic.SUBMISSION, about))
    assert state("n1")[0] == "sending"
    assert state("n2") is None


def test_what_waits_on_a_topic_is_found_for_its_person_only(ask, put, claim):
    put("7", topic=Topic.PICTURES)
    find = lambda openid, topic=Topic.PICTURES: ask(  # noqa: E731
        lambda tx: outbox.waiting(tx, tx.vault.digest(openid, "openid"), topic)
    )
    assert find("o1") == Subject(Topic.PICTURES, "7", "1")
    assert find("o2") is find("o1", Topic.TAGS) is None
    claim()
    assert find("o1") is None


def test_staff_see_troubles_without_the_addressee(db, ask, put, claim):
    put("fine")
    put("bad", openid="oSecret")
    parcels = {parcel.subject.about: parcel.id for parcel in (claim(), claim())}
    db.write(lambda tx: outbox.sent(tx, parcels["fine"]))
    db.write(lambda tx: outbox.fail(tx, parcels["bad"], "40003"))
    (trouble,) = ask(outbox.troubles)
    assert (trouble["about"], trouble["error"]) == ("bad", "40003")
    assert "addressee" not in trouble
    assert ask(outbox.counts) == {("notice", "failed"): 1}


def test_what_is_withdrawn_is_not_sent_held_or_tried_again(db, ask, put, claim, state):
    for cause in ("sent", "held", "sending", "waiting"):
        put("a1", cause=cause)
    put("a2")
    sent, held, sending = claim(), claim(), claim()
    db.write(lambda tx: outbox.sent(tx, sent.id))
    db.write(lambda tx: outbox.hold(tx, held.id, "45015"))
    db.write(lambda tx: outbox.withdraw(tx, Topic.SUBMISSION, "a1"))
    db.write(lambda tx: outbox.again(tx, sending.id, due_at=tx.now, error="500"))
    assert [row["cause"] for row in ask(lambda tx: outbox.about(tx, Topic.SUBMISSION, "a1"))] == ["sent"]
    assert state("a2")[0] == "waiting"
