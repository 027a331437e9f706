"""What a check is, what it finds, and how all of them are run: one that fails never stops the others."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BotError
from content.errors import ContentError
from handlers.errors import HandlerError
from storage.engine.times import utc_now
from storage.errors import StorageError, told

if TYPE_CHECKING:
    from bot.service import Service
    from bot.settings import Settings
    from bot.wechat.probe import Probe


class State(StrEnum):
    """How something stands. All is well while everything is OK, or a HINT at worst."""

    OK = "ok"
    HINT = "hint"  # worth knowing; nothing is wrong as far as can be seen from here
    UNKNOWN = "unknown"  # could not be looked at
    WARN = "warn"  # something is lacking, or will be soon
    FAIL = "fail"  # something does not work


WELL = frozenset({State.OK, State.HINT})


@dataclass(frozen=True)
class Finding:
    """What a check found, in an operator's words, and what to do; no secret and no openid in either."""

    state: State
    text: str
    remedy: str = ""


@dataclass(frozen=True)
class Check:
    """A row of CHECKS: `run` is where its function is, loaded when it is run, `needs` the checks it rests on."""

    code: str
    asks: str
    run: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A finding of a check."""

    check: Check
    finding: Finding


@dataclass
class Examined:
    """The office that is looked at. Each part is opened when it is first asked for, and fails for whoever asks."""

    config: Path
    now: Callable[[], datetime] = utc_now
    _opened: list["Service"] = field(default_factory=list)

    @cached_property
    def settings(self) -> "Settings":
        from bot.settings import load

        return load(self.config)

    @cached_property
    def service(self) -> "Service":
        from bot.service import open_service

        service = open_service(self.settings)
        self._opened.append(service)
        return service

    @cached_property
    def probe(self) -> "Probe":
        from bot.wechat.probe import Probe

        return Probe(self.settings.wechat)

    def close(self) -> None:
        for service in self._opened:
            service.close()


Run = Callable[[Examined], Iterable[Finding]]
OURS = (BotError, ContentError, HandlerError, StorageError)
"""Errors whose text is a sentence for an operator."""
_REMEDY = re.compile("(.*)[；：，](请.*)")


def examine(checks: Iterable[Check], examined: Examined) -> Iterator[Found]:
    """The findings of all checks, in order. What rests on something that failed says so and is not tried."""
    causes: dict[str, str] = {}
    for check in checks:
        cause = next((causes[code] for code in check.needs if code in causes), "")
        findings = [_unasked(cause)] if cause else list(_run(check, examined))
        if cause or any(finding.state is State.FAIL for finding in findings):
            causes[check.code] = cause or check.asks
        yield from (Found(check, finding) for finding in findings)


def _unasked(cause: str) -> Finding:
    return Finding(State.UNKNOWN, "没有查", f"先解决“{cause}”这一项")


def _run(check: Check, examined: Examined) -> Iterator[Finding]:
    module, _, name = check.run.partition(":")
    try:
        run: Run = getattr(import_module(module), name)
        yield from run(examined)
    except OURS as error:
        yield _failure(" ".join(str(error).split()))
    except OSError as error:
        yield _failure(told(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other checks go on, and its text may hold secrets
        yield Finding(State.FAIL, f"检查自己出错了：{_place(error)}", "这是程序的毛病，请把这一行报告给开发者")


def _failure(said: str) -> Finding:
    """Of the sentence of an error, which ends with what to do."""
    apart = _REMEDY.fullmatch(said)
    text, remedy = apart.groups() if apart else (said, "照上面说的改正，再运行一次 doctor")
    return Finding(State.FAIL, text, remedy)


def _place(error: Exception) -> str:
    """``KeyError, bot/doctor/platform.py:31``; not its text."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"，{'/'.join(Path(trace.tb_frame.f_code.co_filename).parts[-3:])}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"
