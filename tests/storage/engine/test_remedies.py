"""What a server refuses at the door, in one line that says what to run."""

import pytest

from storage.engine import remedies
from storage.engine.database import open_database
from storage.errors import StorageError

KNOWN = {"user": "shian", "host": "db1", "database": "bureau"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('FATAL:  password authentication failed for user "shian"', "createuser --pwprompt shian"),
        ('FATAL:  Peer authentication failed for user "shian"', "同名"),
        ('FATAL:  role "shian" does not exist', "createuser --pwprompt shian"),
        ('FATAL:  database "bureau" does not exist', "createdb -O shian -E UTF8 -T template0 bureau"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.2"', "pg_hba.conf"),
        ("failed to resolve host 'db1': [Errno -2] Name or service not known", "查不到主机 db1"),
        ('connection to server at "db1", port 5432 failed: Connection refused', "systemctl start postgresql"),
        ("connection timeout expired", "防火墙"),
        ("FATAL:  sorry, too many clients already", "max_connections"),
        ("致命错误: 别的", "致命错误: 别的"),
    ],
)
def test_each_refusal_has_its_remedy(text, said):
    line = remedies.refused(text, KNOWN)
    assert said in line
    assert "bureau 连不上" in line


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://shian:ge@heim@db1/bureau",
        "postgresql://shian:ge/heim@db1/bureau",
        "postgresql://shian:ge#heim@db1/bureau",
        "postgresql://shian:ge?heim@db1/bureau",
        "postgresql://shian:geheim@[db1/bureau",
        "postgresql://db1/bureau?geheim=1",
    ],
)
def test_a_url_that_cannot_be_meant_is_told_without_showing_it(vault, url):
    with pytest.raises(StorageError, match="%40") as refused:
        open_database(url, vault)
    assert "heim" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://shian:ge%40heim@db1:5432/bureau", "postgresql://shian:***@db1:5432/bureau"),
        ("postgresql://shian@db1:5432/bureau", "postgresql://shian@db1:5432/bureau"),
        ("postgresql://db1/bureau?password=geheim&user=shian", "postgresql://db1/bureau?password=***&user=shian"),
    ],
)
def test_a_url_is_shown_without_its_password(url, shown):
    assert remedies.without_password(url) == shown


def test_a_server_that_is_too_old_and_a_database_without_chinese_are_unfit():
    assert "PostgreSQL 14" in remedies.unfit(140011, "UTF8", KNOWN)
    assert "SQL_ASCII" in remedies.unfit(150004, "SQL_ASCII", KNOWN)
    assert remedies.unfit(150004, "UTF8", KNOWN) == ""
