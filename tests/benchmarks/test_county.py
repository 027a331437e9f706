"""A county is what the service itself would have stored, and the same seed makes it again."""

import pytest

from benchmarks import county
from benchmarks.county.__main__ import open_county
from bot.demo import words
from handlers.registers import businesses
from storage import audit, timeline
from storage.chat import follower, standing
from storage.notices import outbox
from storage.submissions import deadline, evidence, identity, listing, receipt, submission, tally
from storage.submissions.submission import Kind

SIZE = 120


@pytest.fixture
def rows(service, clock):
    return county.fill(service, SIZE, until=clock.now)


@pytest.fixture
def ask(service, rows):
    def read(fn):
        with service.db.read() as tx:
            return fn(tx)

    return read


def test_there_are_as_many_as_were_asked_for_with_all_that_hangs_on_them(ask, rows):
    found = ask(lambda tx: list(submission.every(tx)))
    assert len(found) == SIZE < rows
    assert len({one.number for one in found}) == SIZE
    assert {one.stage for one in found} > {"concluded", "not_filed", "settled"}
    assert all(ask(lambda tx, one=one: timeline.of(tx, one.id)) for one in found)
    assert any(ask(lambda tx, one=one: evidence.of(tx, one.id)) for one in found)


def test_what_is_sealed_opens_and_what_is_digested_is_found(service, ask):
    def complaint(tx):
        return next(one for one in submission.every(tx) if one.kind is Kind.COMPLAINT)

    person = service.db.write(
        lambda tx: identity.reveal(tx, complaint(tx).id, reason="x", by="y", number=complaint(tx).number)
    )
    assert person.openid.startswith("oInvented")
    assert person.phone.startswith("100")
    dedupe = ask(lambda tx: tx.value("select dedupe from inbox limit 1"))
    assert ask(lambda tx: standing.of(tx, "", dedupe=dedupe)).kept.answer.startswith(b"<xml>")
    id = ask(lambda tx: tx.value("select submission from receipt limit 1"))
    assert ask(lambda tx: receipt.find(tx, receipt.token(tx, id))).id == id
    about = ask(lambda tx: tx.value("select about from outbox where state = 'held' limit 1"))
    sender = ask(lambda tx: follower.sender_of(tx, identity.addressee(tx, about)))
    assert ask(lambda tx: outbox.held(tx, sender))[0].payload["text"]
    assert about in {one.id for one in ask(lambda tx: submission.of_sender(tx, sender, limit=99))}


def test_the_chain_is_whole_and_goes_on(service, ask):
    before = ask(audit.verify)
    assert before.seq > SIZE
    service.db.write(lambda tx: audit.write(tx, actor="li", action="open", subject="x"))
    assert ask(audit.verify).seq == before.seq + 1


def test_kept_figures_are_right(ask):
    found = ask(lambda tx: list(submission.every(tx)))
    due = ask(lambda tx: deadline.next_of(tx, [one.id for one in found]))
    kept = {row["id"]: row["next_due"] for row in ask(lambda tx: tx.all("select id, next_due from submission"))}
    assert kept == {one.id: due[one.id].due_on if one.id in due else deadline.NEVER for one in found}
    assert ask(submission.by_stage) == {
        stage: sum(one.stage == stage for one in found) for stage in {s.stage for s in found}
    }
    assert sum(ask(lambda tx: tally.of(tx, "rating")).values()) == sum(one.rating > 0 for one in found)
    assert ask(lambda tx: listing.count(tx, listing.Filter(open=True))) == sum(
        one.stage in submission.OPEN for one in found
    )


def test_its_businesses_are_found_as_people_type_them(service, ask):
    name = ask(lambda tx: tx.value("select name from business order by id limit 1"))
    found = ask(lambda tx: businesses.matches(tx, name, service.office.region))
    assert name in [one.name for one in found]
    assert words.DISTRICT in found[0].code


def test_the_same_seed_makes_the_same_county_and_another_one_another(tmp_path, clock):
    def made(name, seed):
        service = open_county(tmp_path / name)
        county.fill(service, 20, seed=seed, until=clock.now, messages_each=1)
        plain = "select id, number, stage, description, next_due, received_at from submission order by id"
        with service.db.read() as tx:
            rows = tx.all(plain) + tx.all("select at, title, body from timeline order by id")
        service.close()
        return rows

    assert made("one", 7) == made("two", 7) != made("three", 8)
