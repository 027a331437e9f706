"""A migrated database in a folder of its own, and one line to ask it something."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.service import Service
from handlers import letters
from handlers.notices import telling
from storage import letter
from storage.chat import doubt, pending, platform, talk
from storage.engine.database import Database, Tx, open_database
from storage.engine.sealing import Vault
from storage.notices.parcel import Subject, Topic
from storage.people import contact, factor
from storage.people.staff import Role, Staff
from storage.submissions import draft, identity
from storage.submissions.identity import Identity
from storage.submissions.submission import Submission
from tests.verbs import Clock, Phone


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
def url(tmp_path: Path, empty: Callable[[Path], str]) -> str:
    """Where the database is."""
    return empty(tmp_path / "shian.db")


@pytest.fixture
def db(url: str, vault: Vault, clock: Clock) -> Iterator[Database]:
    database = open_database(url, vault, clock)
    yield database
    database.close()


@pytest.fixture
def ask(db: Database) -> Callable[[Callable[[Tx], Any]], Any]:
    """Read one thing."""

    def read(fn: Callable[[Tx], Any]) -> Any:
        with db.read() as tx:
            return fn(tx)

    return read


@pytest.fixture
def busy(
    service: Service, phone: Phone, tip: Callable[[], Submission], hire: Callable[..., Staff]
) -> Callable[[], Submission]:
    """A service that holds something of all that is sealed; called again, it holds more."""
    hire("jijian", Role.LIAISON)

    def more() -> Submission:
        phone.event("subscribe")
        made = tip()
        phone.picture("m1")
        service.files.put(f"a picture of {made.number}".encode())
        service.db.write(lambda tx: _rest(tx, service, made, phone.openid))
        return made

    return more


def _rest(tx: Tx, service: Service, made: Submission, openid: str) -> None:
    """What no message of a single citizen brings about."""
    tx.run("delete from identity where submission = :id", id=made.id)
    identity.add(tx, made.id, Identity(openid, "李明", "13812345678", "青屏大街1号", "13912345678", "王芳"))
    talk.save(tx, "somebody", "report", {"merchant": "老王熟食店"}, openid=openid)
    doubt.ask(tx, "somebody", "danger", openid=openid, text="肚子有点不舒服")
    pending.ask(tx, "somebody", "retract", [made.number], {})
    draft.put(tx, "jijian", made.id, "note", {"note": "已打电话"})
    platform.store(tx, "wx1", "token", tx.now)
    telling.put(tx, Subject(Topic.SUBMISSION, made.id, "1"), openid=openid, text="已受理")
    contact.bind(tx, "jijian", openid)
    contact.set_phone(tx, "jijian", "13712345678")
    factor.put(tx, "jijian", "JBSWY3DPEHPK3PXP", ["KZ3M8WQ2TB"], tx.now)
    kept = letter.find(tx, letters.keep(tx, service.office, openid, "赵科长收了烟酒"))
    assert kept is not None
    letter.change(tx, kept, note="县纪委监委已收", referred_on=kept.received_on, state="referred", referred_by="jijian")
