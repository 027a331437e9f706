"""``import``: the registers of businesses, penalties and the serious-violation list, from CSV or XLSX."""

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

import click

from bot.commands.context import CommandContext
from bot.service import Service
from bot.tables.sheets import Line, Sheet, open_table
from handlers.registers import importing
from handlers.registers.importing import Faulty, Header, Reader, Values

BATCH = 100
"""Rows of one transaction: the webhook waits no longer than they take."""
BREATH = 0.01
"""Seconds between two transactions, in which the webhook gets its turn."""
HEADER_WITHIN = 10
"""Rows among which the header stands: titles may come above it."""
SHOWN = 20
"""Rejected rows told on standard error when no file takes them."""
REJECT_COLUMNS = ("行号", "原因")
BOM = "\ufeff"
Reject = Callable[[Line, str], None]


@click.command("import")
@click.argument("register", type=click.Choice(list(importing.STORE)))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rejects", type=click.Path(path_type=Path, dir_okay=False), help="A CSV for rows not taken, and why.")
@click.pass_obj
def import_(here: CommandContext, register: str, file: Path, rejects: Path | None) -> None:
    """Take in a CSV (UTF-8 or GBK) or XLSX file with a row of column names; may be repeated.

    A bad row is left out and told with its reason; the good ones are kept.
    """
    if rejects and rejects.exists() and file.exists() and rejects.samefile(file):
        raise click.ClickException(f"--rejects {rejects} is the file to import; name another")
    with here.service() as service, open_table(file) as sheets:
        header, sheet = _header(register, file, sheets)
        counts: Counter[str] = Counter()
        with _rejecting(rejects, header) as reject:
            try:
                _take_in(service, header, sheet, reject, counts)
            finally:
                # Also of an import that was broken off: its rows are in.
                told = ", ".join(f"{name} {counts[name]}" for name in ("imported", "unchanged", "rejected"))
                service.db.write(lambda tx: importing.note(tx, register, f"{file.name}: {told}"))
    click.echo(told)


def _header(register: str, file: Path, sheets: Iterator[Sheet]) -> tuple[Header, Sheet]:
    """The first sheet that has the columns of the register, read up to its header."""
    nearest: Header | None = None
    for sheet in sheets:
        for line in islice(sheet.lines, HEADER_WITHIN):
            header = importing.read_header(register, line.cells)
            if not header.missing:
                return header, sheet
            nearest = header if nearest is None or len(header.places) > len(nearest.places) else nearest
    if nearest is None:
        raise click.ClickException(f"{file} is empty; nothing was imported")
    raise click.ClickException(f"{file} is no table of {register}: columns {', '.join(nearest.missing)} are missing")


@contextmanager
def _rejecting(target: Path | None, header: Header) -> Iterator[Reject]:
    """Where rejected rows go: a file of its owner's only, or standard error."""
    if target is None:
        yield _Telling()
        return
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error.strerror}; nothing was imported") from None
    with open(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        rows, width = csv.writer(file), len(header.names)
        rows.writerow([*header.names, *REJECT_COLUMNS])

        def reject(line: Line, reason: str) -> None:
            blank = [""] * (width - len(line.cells))
            rows.writerow([*line.cells[:width], *blank, line.number, reason])

        yield reject


class _Telling:
    """Tells the first rejected rows, and that there are more."""

    def __init__(self) -> None:
        self.told = 0

    def __call__(self, line: Line, reason: str) -> None:
        self.told += 1
        if self.told <= SHOWN:
            click.echo(f"row {line.number}: {reason}", err=True)
        elif self.told == SHOWN + 1:
            click.echo("more rows are rejected; --rejects FILE keeps them all", err=True)


def _take_in(service: Service, header: Header, sheet: Sheet, reject: Reject, counts: Counter[str]) -> None:
    reader = Reader(header)
    with click.progressbar(length=sheet.about or 1, label=header.register, file=sys.stderr) as bar:
        while lines := list(islice(sheet.lines, BATCH)):
            good: list[Values] = []
            for line in lines:
                try:
                    good.append(_values(reader, line))
                except Faulty as fault:
                    counts["rejected"] += 1
                    reject(line, str(fault))
            changed = service.db.write(
                partial(importing.store, office=service.office, register=header.register, rows=good)
            )
            counts.update(imported=changed, unchanged=len(good) - changed)
            bar.update(len(lines))
            time.sleep(BREATH)


def _values(reader: Reader, line: Line) -> Values:
    if line.fault:
        raise Faulty(line.fault)
    return reader.read(line.number, line.cells)
