"""Numbered SQL files of this folder, each applied once in a transaction of its own."""

from importlib.resources import files

import sqlite_utils
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("shian")


def _register(name: str, sql: str) -> None:
    @MIGRATIONS(name=name)
    def apply(database: sqlite_utils.Database) -> None:
        database.executescript(sql)


for _file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
    if _file.name.endswith(".sql"):
        _register(_file.name.removesuffix(".sql"), _file.read_text(encoding="utf-8"))
