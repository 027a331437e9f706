"""``export``: submissions, articles and the audit chain as JSON Lines or CSV, without a row cap."""

import csv
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec
from msgspec import Struct

from bot.api import shapes
from bot.api.schemas import ArticleRecord, RevealedSubmission, SubmissionRecord
from bot.commands.context import CommandContext
from bot.service import Service
from storage import audit
from storage.audit import AuditRow
from storage.engine.database import Tx
from storage.exposure import article
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import submission
from storage.submissions.submission import Filter

FORMATS = ("jsonl", "csv")
BOM = b"\xef\xbb\xbf"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: Excel would compute it, and citizens write these texts."""
Rows = Callable[[Tx, Service], Iterator[Struct | dict[str, Any]]]


def _submissions(tx: Tx, service: Service) -> Iterator[Struct]:
    return (shapes.submission_record(tx, service.office, found) for found in submission.every(tx))


def _revealed(tx: Tx, service: Service) -> Iterator[Struct]:
    return (shapes.revealed(tx, service.office, found) for found in submission.every(tx))


def _articles(tx: Tx, service: Service) -> Iterator[Struct]:
    return (shapes.article_record(service.office, found) for found in article.each(tx))


def _audit(tx: Tx, service: Service) -> Iterator[dict[str, Any]]:
    return (asdict(row) for row in audit.rows(tx))


def _names(shape: type[Struct]) -> tuple[str, ...]:
    return shape.__struct_fields__


SOURCES: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "submissions": (_submissions, _names(SubmissionRecord)),
    "articles": (_articles, _names(ArticleRecord)),
    "audit": (_audit, tuple(AuditRow.__dataclass_fields__)),
}
REVEALED = (_revealed, _names(RevealedSubmission))


@click.command()
@click.argument("what", type=click.Choice(list(SOURCES)))
@click.option("--format", "format_", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output without it.")
@click.option("--reveal", is_flag=True, help="Submissions with openid, name and phone; custodians only.")
@click.option("--as", "as_", metavar="STAFF", default="", help="The custodian who asks for it.")
@click.option("--reason", default="", help="Why; kept in the audit chain.")
@click.pass_obj
def export(
    here: CommandContext, what: str, format_: str, output: Path | None, reveal: bool, as_: str, reason: str
) -> None:
    """Write everything, oldest first. In CSV, lists are JSON and a cell never begins like a formula."""
    if reveal and what != "submissions":
        raise click.UsageError("--reveal is for submissions: nothing else holds an identity")
    with here.service() as service:
        if reveal:
            service.db.write(lambda tx: _reveal(tx, as_, reason))
        else:
            service.db.write(lambda tx: audit.write(tx, actor="command", action="export", subject=what, detail=format_))
        rows, names = REVEALED if reveal else SOURCES[what]
        with _opened(output) as file, service.db.read() as tx:
            WRITERS[format_](file, rows(tx, service), names)


def _reveal(tx: Tx, name: str, reason: str) -> None:
    """The audit row, before anything is shown; refuses whoever is no custodian."""
    if not name or not reason.strip():
        raise click.ClickException("--reveal needs --as STAFF and --reason TEXT")
    account = staff.get(tx, name)
    if account is None or account.disabled or Role.CUSTODIAN not in account.roles:
        raise click.ClickException(f"{name} is no active account with the role custodian; nothing was revealed")
    count = submission.count(tx, Filter())
    audit.write(tx, actor=name, action="reveal", subject="submissions", detail=f"{count}: {reason.strip()}")


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


def _write_jsonl(file: BinaryIO, rows: Iterator[Struct | dict[str, Any]], names: tuple[str, ...]) -> None:
    for row in rows:
        file.write(msgspec.json.encode(row) + b"\n")


def _write_csv(file: BinaryIO, rows: Iterator[Struct | dict[str, Any]], names: tuple[str, ...]) -> None:
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
