"""``export``: all that the office holds, as JSON Lines, CSV or XLSX, without a row cap."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import click
from msgspec import Struct

from bot.api import shapes
from bot.api.schemas import ArticleRecord, RevealedSubmission, SubmissionRecord
from bot.commands.context import CommandContext
from bot.service import Service
from bot.settings import Settings
from bot.tables.writing import WRITERS
from handlers.registers import exporting
from handlers.registers.offenders import Offender, offenders
from handlers.submissions import revealing
from storage import audit
from storage.audit import AuditRow
from storage.engine import durable
from storage.engine.database import Tx
from storage.errors import told


@dataclass(frozen=True)
class Source:
    """What can be exported: its `rows` as they stand on a day, and their columns."""

    rows: Callable[[Tx, Service, date], Iterator[Any]]
    columns: tuple[str, ...]


def _names(shape: type[Struct]) -> tuple[str, ...]:
    return shape.__struct_fields__


SOURCES = {
    "submissions": Source(lambda tx, service, _: shapes.every_submission(tx, service.office), _names(SubmissionRecord)),
    "articles": Source(lambda tx, service, _: shapes.every_article(tx, service.office), _names(ArticleRecord)),
    "penalties": Source(lambda tx, _, day: exporting.every_penalty(tx, day), exporting.columns("penalties")),
    "offenders": Source(lambda tx, _, day: offenders(tx, day), tuple(field.name for field in fields(Offender))),
    "listings": Source(lambda tx, _, day: exporting.every_listing(tx, day), exporting.columns("listings")),
    "audit": Source(lambda tx, *_: audit.rows(tx), tuple(field.name for field in fields(AuditRow))),
}
REVEALED = _names(RevealedSubmission)


@click.command()
@click.argument("what", type=click.Choice(list(SOURCES)))
@click.option(
    "--format", "format_", type=click.Choice(list(WRITERS)), default="jsonl", show_default=True, help="格式。"
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="写入这个新文件；不写就输出到屏幕。")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="offenders 算到哪一天，默认今天。")
@click.option("--reveal", is_flag=True, help="连同举报人的微信号、姓名、电话；只限身份保管人。")
@click.option("--number", "numbers", multiple=True, help="要调取身份的编号，可以写几次。")
@click.option("--as", "as_", metavar="STAFF", default="", help="调取身份的身份保管人。")
@click.option("--reason", default="", help="调取理由，记入留痕。")
@click.pass_obj
def export(
    here: CommandContext,
    what: str,
    format_: str,
    output: Path | None,
    as_of: datetime | None,
    reveal: bool,
    numbers: tuple[str, ...],
    as_: str,
    reason: str,
) -> None:
    """导出全部内容，最早的在前。

    CSV 里的列表写成 JSON；表格里的文字不会被当作公式。
    """
    _check_usage(what, format_, output, as_of, reveal, numbers)
    if output:
        _refuse_taken(here.settings, output)
    with here.service() as service:
        if reveal:
            shown = service.db.write(lambda tx: _revealed(tx, service, numbers, as_, reason))
            with _opened(output) as file:
                WRITERS[format_](file, iter(shown), REVEALED)
            return
        day = as_of.date() if as_of else service.db.clock().astimezone(service.settings.timezone).date()
        detail = f"{format_} {day}" if as_of else format_
        service.db.write(partial(audit.write, actor="command", action="export", subject=what, detail=detail))
        source = SOURCES[what]
        with _opened(output) as file, service.db.read() as tx:
            WRITERS[format_](file, source.rows(tx, service, day), source.columns)


def _check_usage(
    what: str, format_: str, output: Path | None, as_of: datetime | None, reveal: bool, numbers: tuple[str, ...]
) -> None:
    """Raises UsageError."""
    wrong = {
        "--reveal 只用于 submissions：别的里面没有身份": reveal and what != "submissions",
        "--number 是 --reveal 要调取的编号；不写 --reveal 就全部导出": numbers and not reveal,
        "--as-of 只用于 offenders": as_of and what != "offenders",
        "xlsx 不能输出到屏幕：请用 --output 写明文件": format_ == "xlsx" and not output and sys.stdout.isatty(),
    }
    if faults := [fault for fault, holds in wrong.items() if holds]:
        raise click.UsageError(faults[0])


def _revealed(tx: Tx, service: Service, numbers: tuple[str, ...], by: str, reason: str) -> list[Struct]:
    """Nothing of these is shown before their audit rows are on the disk."""
    cases = revealing.reveal(tx, numbers, by=by, reason=reason)
    return [shapes.revealed(tx, service.office, found, identity) for found, identity in cases]


def _refuse_taken(settings: Settings, output: Path) -> None:
    """Raise where something is there, or where only the service itself may write."""
    if os.path.lexists(output):
        raise click.ClickException(f"{output} 已经有了，没有覆盖；请换一个文件名")
    place = output.resolve()
    own = [path.resolve() for path in (settings.database_file, settings.key_file, *settings.audit_heads) if path]
    beside = any(place.parent == path.parent and place.name.startswith(path.name) for path in own)
    if beside or place.is_relative_to(settings.evidence_dir.resolve()):
        raise click.ClickException(f"{output} 是数据库、密钥或证据所在，不能写在这里；请换一个地方")


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    """Where the rows go; a failure is one clear line."""
    try:
        if output is None:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with durable.new_file(output) as file:
            yield file
    except BrokenPipeError:
        # The reader has seen enough. Python flushes once more at the end, which must not fail as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except FileExistsError:
        raise click.ClickException(f"{output} 已经有了，没有覆盖；请换一个文件名") from None
    except OSError as error:
        error.filename = output and str(output)
        raise click.ClickException(f"导出写不了：{told(error)}") from None
