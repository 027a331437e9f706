"""What a folder collects; its files are read in tests/bot/console/test_papers.py."""

from handlers.papers import proof
from storage import audit
from tests.handlers.submissions.cases import VERIFIED


def test_decisions_are_those_of_the_procedures_and_notes_are_none():
    assert {"受理", "不予受理", "终止调解", "立案", "不予立案", "批准延长期限", "移送"} <= proof.DECISIONS
    assert not {"内部备注", "答复提交人", "补录/更正"} & proof.DECISIONS


def test_taking_a_folder_is_in_the_chain_that_it_holds(case, service, people):
    found = case("report", VERIFIED)
    folder = service.db.write(lambda tx: proof.collect(tx, service.office, found, people["officer"]))
    assert (folder.rows[-1].action, folder.rows[-1].hash) == ("export", folder.head.hash)
    assert {row.subject for row in folder.rows} == {found.number}
    with service.db.read() as tx:
        assert audit.verify(tx) == folder.head
