"""Key, database, evidence and the record."""

import pytest

from bot.doctor import memory
from bot.doctor.examination import examine
from bot.doctor.table import CHECKS
from tests.bot.doctor.conftest import states

RUNS = {check.run: check for check in CHECKS}


def look(name, examined):
    """The findings of a check as the engine tells them."""
    check = RUNS[f"bot.doctor.memory:{name}"]
    alone = type(check)(check.code, check.asks, check.run)
    return [one.finding for one in examine([alone], examined)]


@pytest.mark.parametrize("name", ["key", "database", "belonging", "writable", "whole"])
def test_an_office_as_init_makes_it_is_well(examined, name):
    assert states(look(name, examined)) == ["ok"]


def test_the_record_is_well_and_its_head_is_better_kept_elsewhere(examined):
    assert states(memory.audit_heads(examined)) == ["ok", "hint"]


def test_a_key_that_is_gone_is_told(examined):
    examined.settings.key_file.unlink()
    (found,) = look("key", examined)
    assert (found.state, "shian.key" in found.text, found.remedy.startswith("请")) == ("fail", True, True)


@pytest.mark.embedded
def test_a_schema_of_another_version_is_told(examined):
    db = examined.service.db
    db.write(lambda tx: tx.run("update migration set name = 'x_newer' where name = '020_tokens_that_end'"))
    (found,) = look("database", examined)
    assert (found.state, "020_tokens_that_end" in found.text, "migrate" in found.remedy) == ("fail", True, True)


def test_evidence_of_another_office_is_told(examined):
    mark = examined.settings.evidence_dir / ".shian"
    mark.write_text("another 2026-01-01 abcd\n", encoding="utf-8")
    (found,) = look("belonging", examined)
    assert (found.state, "另一个安装" in found.text) == ("fail", True)


@pytest.mark.embedded
def test_a_damaged_file_is_found(examined):
    examined.service.db.close()
    file = examined.settings.database_file
    content = bytearray(file.read_bytes())
    content[8 * 4096 : 12 * 4096] = b"\xff" * (4 * 4096)
    file.write_bytes(content)
    (found,) = look("whole", examined)
    assert found.state == "fail"


def test_a_record_that_was_shortened_is_found(examined):
    db = examined.service.db
    (head,) = examined.settings.audit_heads
    kept = head.read_bytes()
    head.write_bytes(kept.replace(b"1 ", b"7 ", 1))
    (forged,) = look("audit_heads", examined)
    assert forged.state == "fail"
    head.write_bytes(kept)
    db.write(lambda tx: tx.run("delete from audit where seq = 1"))
    assert states(memory.audit_heads(examined))[0] == "fail"
