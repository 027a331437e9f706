"""The engine: one check that fails or explodes is a finding, and never stops the others."""

import pytest

from bot.doctor.examination import Check, Examined, Finding, State, examine
from storage.errors import StorageError

HERE = __name__


def well(examined):
    yield Finding(State.OK, "好的")


def refused(examined):
    raise StorageError("数据库不见了；请从备份恢复")


def refused_without_remedy(examined):
    raise StorageError("数据库坏了")


def refused_by_the_system(examined):
    (examined.config / "nowhere").read_text()


def broken(examined):
    yield Finding(State.OK, "先看到的")
    raise KeyError("test-secret")


def found(*checks):
    return [(one.check.code, one.finding) for one in examine(checks, Examined("nowhere"))]


def check(run, *needs, code=""):
    return Check(code or run.__name__, f"“{code or run.__name__}”", f"{HERE}:{run.__name__}", needs)


def test_a_refusal_is_told_with_its_remedy_and_the_next_check_is_run():
    (_, first), (_, second) = found(check(refused), check(well))
    assert (first.state, first.text, first.remedy) == (State.FAIL, "数据库不见了", "请从备份恢复")
    assert second.state is State.OK


@pytest.mark.parametrize("run", [refused_without_remedy, refused_by_the_system])
def test_whatever_fails_has_a_remedy(run, tmp_path):
    ((_, one),) = [(row.check, row.finding) for row in examine([check(run)], Examined(tmp_path))]
    assert one.state is State.FAIL
    assert one.remedy


def test_a_fault_of_ours_is_told_by_its_place_and_without_its_text():
    seen, fault, after = found(check(broken), check(well))
    assert seen[1].text == "先看到的"
    assert fault[1].state is State.FAIL
    assert "KeyError" in fault[1].text
    assert "test_examination.py" in fault[1].text
    assert "test-secret" not in fault[1].text
    assert after[1].state is State.OK


def test_a_check_that_is_not_there_is_a_finding_too():
    ((_, one),) = found(Check("x", "甲", f"{HERE}:nothing"))
    assert one.state is State.FAIL


def test_what_rests_on_a_failure_is_not_tried_and_names_its_first_cause():
    rows = found(check(refused), check(broken, "refused"), check(well, "broken"), check(well, code="apart"))
    assert [(code, one.state) for code, one in rows] == [
        ("refused", State.FAIL),
        ("broken", State.UNKNOWN),
        ("well", State.UNKNOWN),
        ("apart", State.OK),
    ]
    assert {one.remedy for _, one in rows[1:3]} == {"先解决““refused””这一项"}
