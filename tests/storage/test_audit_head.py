"""The head of the chain outside the database: what was cut off, or put back, shows."""

import pytest

from storage import audit, audit_head
from storage.audit import ChainBroken


@pytest.fixture
def write(db):
    """Write one audit row; its link."""
    return lambda: db.write(lambda tx: audit.write(tx, actor="wang", action="open", subject="x"))


@pytest.fixture
def head(tmp_path, write, vault):
    """A file that holds the first link."""
    path = tmp_path / "key.head"
    audit_head.write(path, write(), vault)
    return path


def test_it_moves_on_with_the_chain(db, head, write, vault):
    newest = [write(), write()][-1]
    audit_head.move_on(db, [head])
    assert audit_head.read(head, vault) == newest


def test_where_nothing_was_added_nothing_is_written(db, head):
    before = head.stat().st_ino
    audit_head.move_on(db, [head])
    assert head.stat().st_ino == before


def test_it_does_not_follow_a_chain_that_was_cut_and_continued(db, head, write, vault, caplog):
    first, _ = audit_head.read(head, vault), write()
    kept = write()
    audit_head.move_on(db, [head])

    def put_back(tx):
        tx.run("delete from audit where seq > 1")
        tx.run("delete from audit_head")
        seal = tx.vault.digest(f"{first.seq}:{first.hash}", "audit head")
        tx.insert("audit_head", id=1, seq=first.seq, hash=first.hash, seal=seal)

    db.write(put_back)
    audit_head.move_on(db, [head])
    for _ in range(3):
        write()
    audit_head.move_on(db, [head])
    assert audit_head.read(head, vault) == kept
    assert "数据库里没有" in caplog.text
    with db.read() as tx, pytest.raises(ChainBroken, match="第 3 条"):
        audit.verify(tx, [audit_head.read(head, vault)])


@pytest.mark.parametrize("text", ["", "9", "1 abc def", "一 二 三"])
def test_a_forged_file_is_told(head, vault, text):
    head.write_text(text, encoding="utf-8")
    with pytest.raises(ChainBroken, match="被改动"):
        audit_head.read(head, vault)


def test_a_missing_file_is_told_and_not_made_anew(db, head, write, vault, caplog):
    head.unlink()
    write()
    audit_head.move_on(db, [head])
    assert not head.exists()
    assert "不见了" in caplog.text
    with pytest.raises(ChainBroken, match="不见了"):
        audit_head.read(head, vault)


def test_a_folder_that_cannot_be_written_is_said_and_does_not_stop_the_other(db, tmp_path, head, write, vault, caplog):
    (tmp_path / "wall").write_text("in the way")
    newest = write()
    audit_head.move_on(db, [tmp_path / "wall/head", head])
    assert audit_head.read(head, vault) == newest
    assert "不是目录" in caplog.text
