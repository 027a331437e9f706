"""Where the CPU of a message goes, and how many statements it takes: the known seams, timed from outside.

The time of a seam is its own, without that of the seams it calls. What stands in none of them is the rest: Flask, the
routes, templates and the threads themselves.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from bot.wechat.wire import Wire
from handlers.understanding import recognition
from storage.engine.pipelined import PostgresSession
from storage.engine.sealing import Vault
from storage.engine.sqlite import SqliteSession

ASKED = ("query", "run", "run_many", "put")
SEAMS: dict[str, dict[type, tuple[str, ...]]] = {
    "SQL": {SqliteSession: ASKED, PostgresSession: ASKED},
    "commit": {SqliteSession: ("begin", "commit", "rollback"), PostgresSession: ("begin", "commit", "rollback")},
    "seal and digest": {Vault: ("seal", "open", "digest")},
    "XML and its seal": {Wire: ("open", "reply")},
}


class Parts:
    """CPU milliseconds of each part, and statements, in all threads of this process while it is open."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.statements = 0
        self._of_thread = threading.local()

    def told(self, messages: int) -> str:
        """One line, a message."""
        parts = ", ".join(f"{name} {spent / messages:.2f}" for name, spent in self.spent.most_common())
        return f"{self.statements / messages:.1f} statements; CPU ms: {parts}"

    def _timed(self, part: str, seam: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(seam)
        def call(*args: Any, **kwargs: Any) -> Any:
            open_: list[str] = vars(self._of_thread).setdefault("open", [])
            if part == "SQL" and "SQL" not in open_ and "savepoint job" not in args[1]:
                self.statements += 1
            begun = time.thread_time() * 1000
            open_.append(part)
            try:
                return seam(*args, **kwargs)
            finally:
                open_.pop()
                took = time.thread_time() * 1000 - begun
                self.spent[part] += took
                if open_:
                    self.spent[open_[-1]] -= took

        return call

    @contextmanager
    def open(self) -> Iterator[None]:
        """Time the seams; all that is left of the process's CPU is the rest."""
        undo: list[Callable[[], None]] = []
        for part, seams in SEAMS.items():
            for owner, names in seams.items():
                for name in names:
                    undo.append(_replaced(owner, name, self._timed(part, getattr(owner, name))))
        understand = recognition.recognise
        for module in list(sys.modules.values()):
            if getattr(module, "recognise", None) is understand:
                undo.append(_replaced(module, "recognise", self._timed("understanding", understand)))
        begun = time.process_time() * 1000
        try:
            yield
        finally:
            self.spent["rest"] = time.process_time() * 1000 - begun - self.spent.total()
            for back in undo:
                back()


def _replaced(owner: object, name: str, with_: object) -> Callable[[], None]:
    before = getattr(owner, name)
    setattr(owner, name, with_)
    return lambda: setattr(owner, name, before)
