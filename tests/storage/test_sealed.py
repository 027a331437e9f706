"""Every column that holds sealed values is declared, and nothing else is."""

import re

from storage.sealed import SEALED

VALUE = re.compile(r"s\d+\.[\w=-]+")


def test_a_busy_service_seals_what_is_declared_and_nothing_else(service, busy):
    busy()
    with service.db.read() as tx:
        found = {
            (table, column)
            for table in service.db.tables()
            for row in tx.all(f"select * from {table}")
            for column, value in row.items()
            if isinstance(value, str) and VALUE.fullmatch(value)
        }
    assert found == {(one.table, column) for one in SEALED for column in one.columns}


def test_the_known_value_is_last():
    assert SEALED[-1].table == "installation"
