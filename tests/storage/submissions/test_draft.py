"""Drafts: sealed, one for each person and form, gone when empty, sent or old."""

from storage.people.staff import Role
from storage.submissions import draft


def test_the_last_one_stays_until_it_is_empty_or_old(service, tip, hire, clock):
    report = tip()
    hire("li", Role.INTAKE)

    def put(form, text):
        service.db.write(lambda tx: draft.put(tx, "li", report.id, form, {"note": text}))

    def kept():
        with service.db.read() as tx:
            return draft.of(tx, "li", report.id)

    put("note", "先打")
    put("note", "先打电话")
    put("answer", "您好")
    assert kept() == {"note": {"note": "先打电话"}, "answer": {"note": "您好"}}
    put("answer", "")
    assert kept() == {"note": {"note": "先打电话"}}
    clock.advance(days=1)
    service.db.write(lambda tx: draft.forget(tx, tx.now, 10))
    assert kept() == {}
