"""Processes: `run` keeps `serve` and `work` alive, and every child ends with its parent."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

GRACE = 8.0
"""Seconds a child has to end after SIGTERM: below the ten that an operator waits."""
WATCH = 0.5
PARENT = "SHIAN_PARENT"
log = logging.getLogger("shian.supervisor")


def end_with_parent() -> None:
    """End this process when the one that started it is gone, even killed: nothing must serve on unsupervised."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        log.warning("the parent process is gone; this one ends")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def supervised() -> bool:
    """Whether a supervisor started this process."""
    return os.environ.get(PARENT) == str(os.getppid())


@dataclass
class _Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float | None = None
    """When to start it again; None while it runs."""

    def start(self) -> None:
        environ = os.environ | {PARENT: str(os.getpid())}
        self.process = subprocess.Popen(self.command, env=environ)  # noqa: S603 - our own command line
        self.started = time.monotonic()
        self.again_at = None

    def tend(self) -> None:
        """Start it again when it ended; slower when it ends at once."""
        assert self.process is not None
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self.again_at is None:
            self.failures = 0 if now - self.started > 30 else self.failures + 1
            self.again_at = now + (min(2.0 ** (self.failures - 1) * 0.5, 15.0) if self.failures else 0.0)
        if now < self.again_at:
            return
        log.error("%s ended with code %s; starting it again", self.name, self.process.returncode)
        self.start()


class Supervisor:
    """Runs commands of ``python -m bot`` as children until it is told to stop."""

    def __init__(self, config: str, commands: dict[str, Sequence[str]]) -> None:
        base = (sys.executable, "-m", "bot", "--config", config)
        self._children = [_Child(name, (*base, *arguments)) for name, arguments in commands.items()]
        self._stop = threading.Event()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self._stop.set()

    def run(self) -> None:
        """Until SIGTERM or SIGINT; then every child ends within ten seconds."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        for child in self._children:
            child.start()
        while not self._stop.wait(0.3):
            for child in self._children:
                child.tend()
        self._end()

    def _end(self) -> None:
        running = [child.process for child in self._children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
