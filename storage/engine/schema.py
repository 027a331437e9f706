"""Which migrations a database has had: the table ``migration`` has a row for each."""

from collections.abc import Collection

from storage.engine.sealing import Vault
from storage.engine.session import Engine, Session
from storage.engine.times import stamp, utc_now
from storage.migrations import MIGRATIONS, is_additive

_TABLE = "create table if not exists migration (name text primary key, applied_at text not null);"
_FIRST = "_sqlite_migrations"
"""Where the first versions noted what was applied."""


def bring(engine: Engine, session: Session, vault: Vault, only: Collection[str]) -> list[str]:
    """Apply what is pending, or of it `only` these; returns their names."""
    names, tables = pending(engine, session), engine.tables(session)
    names = [name for name in names if not only or name in only]
    session.script(_TABLE)
    if _FIRST in tables and "migration" not in tables:
        session.script(f"insert into migration select name, applied_at from {_FIRST};\ndrop table {_FIRST};")  # noqa: S608
    for name in names:
        step = MIGRATIONS[name]
        session.script(step) if isinstance(step, str) else step(session, vault)
        session.run(
            "insert into migration (name, applied_at) values (:name, :at)", {"name": name, "at": stamp(utc_now())}
        )
        if is_additive(step):  # the column is younger than the table
            session.run("update migration set additive = 1 where name = :name", {"name": name})
    engine.settle(session)
    return names


def pending(engine: Engine, session: Session) -> list[str]:
    """Names of migrations not applied yet."""
    done = _applied(engine, session)
    return [name for name in MIGRATIONS if name not in done]


def unknown(engine: Engine, session: Session) -> dict[str, bool]:
    """Those applied that this version does not have -> whether they only add."""
    return {name: additive for name, additive in _applied(engine, session).items() if name not in MIGRATIONS}


def _applied(engine: Engine, session: Session) -> dict[str, bool]:
    tables = engine.tables(session)
    kept = "migration" if "migration" in tables else _FIRST if _FIRST in tables else ""
    rows = session.query(f"select * from {kept} order by name", {}) if kept else []  # noqa: S608 - names are ours
    return {row["name"]: bool(row.get("additive")) for row in rows}
