"""A picture is opened for staff with a row that says who and which; what is not there opens for nobody."""

import pytest

from handlers.errors import Refused
from handlers.submissions import evidence
from storage import audit
from storage.people.staff import Role
from storage.submissions import evidence as files


@pytest.fixture
def picture(tip, phone, ask):
    made = tip()
    phone.picture("m1")
    (file,) = ask(lambda tx: files.of(tx, made.id))
    return made.number, file.id


def test_opening_says_who_and_which(picture, service, hire, ask):
    (number, id), clerk = picture, hire("li", Role.INTAKE)
    service.db.write(lambda tx: files.stored(tx, id, sha256="f" * 64, size=1, mime="image/jpeg"))
    assert service.db.write(lambda tx: evidence.open_file(tx, id, clerk)).sha256 == "f" * 64
    row = ask(audit.newest)[0]
    assert (row.actor, row.action, row.subject, row.detail) == ("li", "evidence_open", number, f"image {id}")


def test_what_has_not_come_or_never_was_does_not_open(picture, service, hire, audited):
    clerk, before = hire("li", Role.INTAKE), audited()
    for id in (picture[1], "nowhere"):
        with pytest.raises(Refused) as refused:
            service.db.write(lambda tx, id=id: evidence.open_file(tx, id, clerk))
        assert refused.value.code == "not_found"
    assert audited() == before
