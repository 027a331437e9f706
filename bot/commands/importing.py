"""``import``: the registers of businesses, penalties and the serious-violation list, from CSV or XLSX."""

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import TextIO

import click

from bot import working_days
from bot.commands.context import CommandContext
from bot.service import Service
from bot.tables.marks import harmless
from bot.tables.notices import open_calendar
from bot.tables.sheets import Line, Sheet, open_table
from handlers.office import Office
from handlers.registers import importing
from handlers.registers.importing import Faulty, Header, Reader, Values
from handlers.submissions import orders
from storage.engine.database import Tx
from storage.errors import told

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
OPENED = {"calendar": open_calendar}
"""How a file is opened that may be something else than a table."""
Reject = Callable[[Header, Line, str], None]


@dataclass(frozen=True)
class Found:
    """A sheet that has the columns of the register, read up to its header; `mark` names all but the first."""

    header: Header
    sheet: Sheet
    mark: str


def _order(platform: str, tx: Tx, office: Office, values: Values) -> bool:
    return orders.take_in(tx, office, platform, values)


STORE: Mapping[str, Callable[[Tx, Office, Values], bool]] = {
    **importing.STORE,
    **{platform: partial(_order, platform) for platform in importing.ORDERS},
}
"""What can be imported, the registers and the lists of other platforms, and what stores a row of it."""


def _store(tx: Tx, *, office: Office, register: str, rows: Sequence[Values]) -> int:
    """How many rows changed anything."""
    return sum(STORE[register](tx, office, values) for values in rows)


@click.command("import")
@click.argument("register", type=click.Choice(list(STORE)))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rejects", type=click.Path(path_type=Path, dir_okay=False), help="没有导入的行和原因写入这个CSV文件。")
@click.pass_obj
def import_(here: CommandContext, register: str, file: Path, rejects: Path | None) -> None:
    """导入登记簿：CSV（UTF-8或GBK）或XLSX文件，要有一行列名；可以重复导入。

    有问题的行不导入并说明原因，其余照常导入。工作簿中凡有这些列的可见工作表都导入。
    """
    if rejects and rejects.exists() and file.exists() and rejects.samefile(file):
        raise click.ClickException(f"--rejects {rejects} 就是要导入的文件，请换一个文件名")
    with here.service() as service, OPENED.get(register, open_table)(file) as sheets:
        found = _found(register, file, sheets)
        first = next(found)
        counts: Counter[str] = Counter()
        with _rejecting(rejects, first.header) as reject:
            try:
                _take_in(service, Reader(first.header), chain([first], found), reject, counts)
            finally:
                # Also of an import that was broken off: its rows are in.
                result = ", ".join(f"{name} {counts[name]}" for name in ("imported", "unchanged", "rejected"))
                service.db.write(lambda tx: importing.note(tx, register, f"{file.name}: {result}"))
        if register == "calendar":
            click.echo(f"重新计算了{working_days.recompute(service.db)}个暂估的期限，变动写在各件的经过里")
    click.echo(result)


def _found(register: str, file: Path, sheets: Iterator[Sheet]) -> Iterator[Found]:
    """The sheets that have the columns of the register. Raises ClickException when none has."""
    taken, others = 0, []
    for sheet in sheets:
        header = _header(register, sheet)
        if header and not header.missing:
            yield Found(header, sheet, f"工作表“{sheet.name}”" if taken else "")
            taken += 1
        elif header:
            others.append((sheet.name, header))
    if taken:
        for name, header in others:
            click.echo(f"工作表“{name}”没有导入：缺少列{'、'.join(header.missing)}", err=True)
    elif others:
        _, nearest = max(others, key=lambda other: len(other[1].places))
        raise click.ClickException(f"{file}：不是{register}的表，缺少列{'、'.join(nearest.missing)}")
    else:
        raise click.ClickException(f"{file}：是空的，没有导入")


def _header(register: str, sheet: Sheet) -> Header | None:
    """The header among the first rows of a sheet, of one row or of two; else what comes nearest to one."""
    nearest: Header | None = None
    above: Sequence[str] = ()
    for line in islice(sheet.lines, HEADER_WITHIN):
        both = [name or over for over, name in zip_longest(above, line.cells, fillvalue="")]
        for names in (line.cells, both):
            header = importing.read_header(register, names)
            if not header.missing:
                return header
            nearest = header if nearest is None or len(header.places) > len(nearest.places) else nearest
        above = line.cells
    return nearest


@contextmanager
def _rejecting(target: Path | None, header: Header) -> Iterator[Reject]:
    """Where rejected rows go: a file of its owner's only, or standard error."""
    if target is None:
        yield _Telling()
        return
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise click.ClickException(f"{told(error)}；没有导入") from None
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        yield _Keeping(file, header)


class _Keeping:
    """Keeps rejected rows under the names of their columns: mended, they can be imported as they are."""

    def __init__(self, file: TextIO, header: Header) -> None:
        self._rows = csv.writer(file)
        self._begin(header)

    def _begin(self, header: Header) -> None:
        self._header = header
        self._rows.writerow([*header.names, *REJECT_COLUMNS])

    def __call__(self, header: Header, line: Line, reason: str) -> None:
        if header.names != self._header.names:
            self._begin(header)
        width = len(header.names)
        blank = [""] * (width - len(line.cells))
        self._rows.writerow([*map(harmless, line.cells[:width]), *blank, line.number, reason])


class _Telling:
    """Tells the first rejected rows, and that there are more."""

    def __init__(self) -> None:
        self.told = 0

    def __call__(self, header: Header, line: Line, reason: str) -> None:
        self.told += 1
        if self.told <= SHOWN:
            click.echo(f"第{line.number}行：{reason}", err=True)
        elif self.told == SHOWN + 1:
            click.echo("没有导入的行还有；用 --rejects FILE 可以全部留下来", err=True)


def _take_in(service: Service, reader: Reader, sheets: Iterator[Found], reject: Reject, counts: Counter[str]) -> None:
    for found in sheets:
        reader.header, register = found.header, found.header.register
        if unread := [name for name in found.header.unread if name not in REJECT_COLUMNS]:
            click.echo(f"{found.mark}没有导入的列：{'、'.join(unread)}", err=True)
        with click.progressbar(length=found.sheet.about or 1, label=register, file=sys.stderr) as bar:
            while lines := list(islice(found.sheet.lines, BATCH)):
                good = list(_good(reader, lines, partial(_reject, reject, found.mark, counts)))
                changed = service.db.write(partial(_store, office=service.office, register=register, rows=good))
                counts.update(imported=changed, unchanged=len(good) - changed)
                bar.update(len(lines))
                time.sleep(BREATH)


def _good(reader: Reader, lines: Sequence[Line], reject: Reject) -> Iterator[Values]:
    for line in lines:
        again = importing.read_header(reader.header.register, line.cells)
        if not again.missing:
            reader.header = again
            continue
        try:
            yield _values(reader, line)
        except Faulty as fault:
            reject(reader.header, line, str(fault))


def _reject(reject: Reject, mark: str, counts: Counter[str], header: Header, line: Line, reason: str) -> None:
    counts["rejected"] += 1
    reject(header, line, f"{mark}：{reason}" if mark else reason)


def _values(reader: Reader, line: Line) -> Values:
    if line.fault:
        raise Faulty(line.fault)
    return reader.read(line.number, line.cells)
