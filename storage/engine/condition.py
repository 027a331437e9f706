"""How the database itself is: whether its file is whole, and what time its server has."""

from datetime import datetime

from storage.engine.database import Database
from storage.engine.sqlite import Sqlite


def fault(db: Database) -> str:
    """The first damage that SQLite finds in its file, '' for none. A server looks after its own files."""
    if not isinstance(db.engine, Sqlite):
        return ""
    with db.read() as tx:
        found = str(tx.value("pragma quick_check(1)"))
    return "" if found == "ok" else found


def server_time(db: Database) -> datetime | None:
    """What time it is on the machine of the database; None where it is this one."""
    if isinstance(db.engine, Sqlite):
        return None
    with db.read() as tx:
        told: datetime = tx.value("select clock_timestamp()")
    return told
