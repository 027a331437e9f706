"""The audit chain is recomputed."""

import sqlite3

from tests.bot.conftest import assert_refused


def test_the_audit_chain_is_verified_and_a_broken_link_is_named(command, tmp_path):
    command("init")
    command("staff", "add", "wang", "--role", "intake")
    whole = command("audit", "verify")
    assert (whole.code, "共 3 条" in whole.out) == (0, True)
    database = sqlite3.connect(tmp_path / "var/shian.db")
    database.execute("update audit set subject = 'li' where seq = 2")
    database.commit()
    database.close()
    assert_refused(command("audit", "verify"), "第 2 条")
