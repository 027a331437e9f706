"""Key, database and evidence know each other."""

import pytest

from storage import audit, audit_head, installation
from storage.audit import ChainBroken
from storage.chat import inbox
from storage.engine.database import Database
from storage.engine.files import Files
from storage.engine.sealing import Vault
from storage.installation import Foreign


@pytest.fixture
def key(tmp_path):
    return tmp_path / "shian.key"


@pytest.fixture
def files(tmp_path, vault):
    return Files(tmp_path / "evidence", vault)


@pytest.fixture
def made(db, key):
    """An installation, and the head of its chain beside the key."""
    made = db.write(lambda tx: installation.make(tx, "init"))
    audit_head.write(key, made.anchor, db.vault)
    return made


def under(db, vault):
    """The same database under another key."""
    return Database(db.engine, vault, db.clock)


def test_it_is_found_again_with_its_first_audit_row(made, ask, key):
    assert ask(lambda tx: installation.find(tx, key)) == made
    assert (made.anchor.seq, ask(audit.newest_link)) == (1, made.anchor)


def test_before_it_was_made_there_is_none(ask, key):
    assert ask(lambda tx: installation.find(tx, key)) is None


def test_another_key_is_told_which_one_is_meant_and_of_when(made, db, key):
    other = under(db, Vault(bytes(32)))
    with other.read() as tx, pytest.raises(Foreign) as error:
        installation.find(tx, key)
    other.close()
    for part in (str(key), made.day, made.key, other.vault.fingerprint(), "放回去"):
        assert part in str(error.value)


def test_a_forged_fingerprint_does_not_open_the_known_value(made, db, key):
    other = under(db, Vault(bytes(32)))
    print_ = other.vault.fingerprint()
    db.write(lambda tx: tx.run("update installation set key = :key", key=print_))
    with other.read() as tx, pytest.raises(Exception, match="打不开"):
        installation.find(tx, key)
    other.close()


def test_the_evidence_folder_says_whose_it_is(made, files):
    with pytest.raises(Foreign, match="没有本安装"):
        installation.compare(files, made)
    installation.mark(files, made)
    installation.compare(files, made)
    (files.folder / installation.MARK).write_text("other 2020-01-02 a1b2c3d4\n")
    with pytest.raises(Foreign, match="建于 2020-01-02，密钥指纹 a1b2c3d4"):
        installation.compare(files, made)


@pytest.mark.parametrize("holds", ["audit", "inbox", "evidence"])
def test_a_database_from_before_is_proved_by_what_it_holds(db, files, key, holds):
    if holds == "audit":
        db.write(lambda tx: audit.write(tx, actor="a", action="b", subject="c"))
    elif holds == "inbox":
        db.write(lambda tx: inbox.keep(tx, dedupe="d", sender="s", body="<xml/>", answer=b"x"))
    else:
        files.put(b"a picture")
    db.write(lambda tx: installation.prove(tx, files, key))
    other = under(db, Vault(bytes(32)))
    with pytest.raises(Foreign, match="打不开"), other.read() as tx:
        installation.prove(tx, Files(files.folder, other.vault), key)
    other.close()


def test_an_older_version_refuses_a_newer_database_unless_that_only_added(db):
    installation.refuse_strange(db)
    db.write(lambda tx: tx.insert("migration", name="999_tomorrow", applied_at=tx.stamp))
    with pytest.raises(Foreign, match="999_tomorrow"):
        installation.refuse_strange(db)
    db.write(lambda tx: tx.run("update migration set additive = 1 where name = '999_tomorrow'"))
    installation.refuse_strange(db)
    with pytest.raises(Foreign, match="999_tomorrow"):
        installation.refuse_newer(db)
    db.write(lambda tx: tx.run("delete from migration where name = '999_tomorrow'"))


@pytest.mark.embedded
@pytest.mark.parametrize("table", ["audit", "audit_head", "installation"])
def test_a_dropped_table_is_told(db, table):
    db.write(lambda tx: tx.run(f"drop table {table}"))
    with pytest.raises(Foreign, match=f"缺少表 {table}"):
        installation.refuse_strange(db)


def test_a_chain_begun_anew_under_the_right_key_is_found(made, db, ask, key):
    verify = lambda tx: installation.verify(tx, key, [key])  # noqa: E731
    assert ask(verify) == made.anchor

    def anew(tx):
        tx.run("delete from audit")
        tx.run("delete from audit_head")
        audit.write(tx, actor="wang", action="open", subject="x")

    db.write(anew)
    with pytest.raises(ChainBroken, match="第 1 条"):
        ask(verify)
    db.write(lambda tx: tx.run("delete from installation"))
    with pytest.raises(ChainBroken, match="installation"):
        ask(verify)
