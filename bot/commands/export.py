"""``export``: submissions, articles and the audit chain as JSON Lines or CSV, without a row cap."""

import csv
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec
from msgspec import Struct

from bot.api import shapes
from bot.api.schemas import ArticleRecord, RevealedSubmission, SubmissionRecord
from bot.commands.context import CommandContext
from bot.service import Service
from handlers.submissions import revealing
from storage import audit
from storage.audit import AuditRow
from storage.engine.database import Tx

FORMATS = ("jsonl", "csv")
BOM = b"\xef\xbb\xbf"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: Excel would compute it, and citizens write these texts."""
Row = Struct | AuditRow
Rows = Callable[[Tx, Service], Iterator[Row]]


def _names(shape: type[Struct]) -> tuple[str, ...]:
    return shape.__struct_fields__


SOURCES: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "submissions": (lambda tx, service: shapes.every_submission(tx, service.office), _names(SubmissionRecord)),
    "articles": (lambda tx, service: shapes.every_article(tx, service.office), _names(ArticleRecord)),
    "audit": (lambda tx, _: audit.rows(tx), tuple(AuditRow.__dataclass_fields__)),
}
REVEALED = _names(RevealedSubmission)


@click.command()
@click.argument("what", type=click.Choice(list(SOURCES)))
@click.option("--format", "format_", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output without it.")
@click.option("--reveal", is_flag=True, help="Named submissions with openid, name and phone; custodians only.")
@click.option("--number", "numbers", multiple=True, help="A submission to reveal; may be given several times.")
@click.option("--as", "as_", metavar="STAFF", default="", help="The custodian who asks for it.")
@click.option("--reason", default="", help="Why; kept in the audit chain.")
@click.pass_obj
def export(
    here: CommandContext,
    what: str,
    format_: str,
    output: Path | None,
    reveal: bool,
    numbers: tuple[str, ...],
    as_: str,
    reason: str,
) -> None:
    """Write everything, oldest first. In CSV, lists are JSON and a cell never begins like a formula."""
    if reveal and what != "submissions":
        raise click.UsageError("--reveal is for submissions: nothing else holds an identity")
    if numbers and not reveal:
        raise click.UsageError("--number names what --reveal opens; without --reveal everything is exported")
    with here.service() as service:
        if reveal:
            shown = service.db.write(lambda tx: _revealed(tx, service, numbers, as_, reason))
            with _opened(output) as file:
                WRITERS[format_](file, iter(shown), REVEALED)
            return
        service.db.write(lambda tx: audit.write(tx, actor="command", action="export", subject=what, detail=format_))
        rows, names = SOURCES[what]
        with _opened(output) as file, service.db.read() as tx:
            WRITERS[format_](file, rows(tx, service), names)


def _revealed(tx: Tx, service: Service, numbers: tuple[str, ...], by: str, reason: str) -> list[Struct]:
    """Nothing of these is shown before their audit rows are on the disk."""
    cases = revealing.reveal(tx, numbers, by=by, reason=reason)
    return [shapes.revealed(tx, service.office, found, identity) for found, identity in cases]


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    """Where the rows go; a new file is for its owner only, a failure is one clear line."""
    try:
        if output is None:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with open(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
    except BrokenPipeError:
        # The reader has seen enough. Python flushes once more at the end, which must not fail as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise click.ClickException(f"{output or 'standard output'} cannot be written: {error.strerror}") from None


def _write_jsonl(file: BinaryIO, rows: Iterator[Row], names: tuple[str, ...]) -> None:
    encode = msgspec.json.Encoder().encode
    for row in rows:
        file.write(encode(row) + b"\n")


def _write_csv(file: BinaryIO, rows: Iterator[Row], names: tuple[str, ...]) -> None:
    if file is not sys.stdout.buffer:
        file.write(BOM)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        lines = csv.DictWriter(text, names)
        lines.writeheader()
        for row in rows:
            values = msgspec.to_builtins(row)
            lines.writerow({name: _cell(values[name]) for name in names})
    finally:
        text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return msgspec.json.encode(value).decode()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


WRITERS = {"jsonl": _write_jsonl, "csv": _write_csv}
