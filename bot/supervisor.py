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

GRACE = 7.0
"""Seconds from SIGTERM until what still runs is killed: on a busy machine too, an operator waits no longer than ten."""
WATCH = 0.5
STEADY = 30.0
"""Seconds after which a child counts as having run well."""
FIRST_WAIT, LONGEST_WAIT = 0.3, 15.0
PARENT = "SHIAN_PARENT"
log = logging.getLogger("shian.supervisor")


def end_with(parent: int) -> None:
    """End this process when `parent` (a process id) is gone, even killed: nothing must serve on unsupervised.

    The id is given, not asked for: the parent may be gone before this process has begun.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        log.warning("the parent process is gone; this one ends")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def end_within(seconds: float) -> None:
    """End this process after that long, whatever a thread of it still waits for: its lease brings the work back."""

    def end() -> None:
        time.sleep(seconds)
        log.warning("what was under way did not end in %g s; it is left and done again", seconds)
        os._exit(0)

    threading.Thread(target=end, name="end", daemon=True).start()


def end_with_supervisor() -> None:
    """`end_with` the supervisor that started this process, if one did."""
    if PARENT in os.environ:
        end_with(int(os.environ.pop(PARENT)))


@dataclass
class _Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float | None = None

    def start(self) -> None:
        environ = os.environ | {PARENT: str(os.getpid())}
        self.process = subprocess.Popen(self.command, env=environ)  # noqa: S603 - our own command line
        self.started, self.again_at = time.monotonic(), None

    def tend(self) -> None:
        """Start it again when it ended; slower when it ends at once."""
        assert self.process is not None
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self.again_at is None:
            # Who is killed from outside has not failed: it starts again at once.
            killed = self.process.returncode == -signal.SIGKILL
            self.failures = 0 if killed or now - self.started > STEADY else self.failures + 1
            wait = min(FIRST_WAIT * 2 ** (self.failures - 1), LONGEST_WAIT) if self.failures else 0.0
            self.again_at = now + wait
            log.error("%s ended with code %s; it starts again in %.1f s", self.name, self.process.returncode, wait)
        if now >= self.again_at:
            self.start()


def _command(config: str, arguments: Sequence[str]) -> tuple[str, ...]:
    return (sys.executable, "-m", "bot", "--config", config, *arguments)


def complete(config: str, *arguments: str) -> int:
    """Run a command of ``python -m bot`` to its end; returns its exit code."""
    return subprocess.run(_command(config, arguments), check=False).returncode  # noqa: S603 - our own command line


class Supervisor:
    """Runs commands of ``python -m bot`` as children until it is told to stop."""

    def __init__(self, config: str, commands: dict[str, Sequence[str]]) -> None:
        self._children = [_Child(name, _command(config, arguments)) for name, arguments in commands.items()]
        self._stop = threading.Event()

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Tell every child to end, at once: their time runs from here."""
        for process in self._running():
            process.terminate()
        self._stop.set()

    def _running(self) -> list[subprocess.Popen[bytes]]:
        return [child.process for child in self._children if child.process and child.process.poll() is None]

    def run(self) -> None:
        """Until SIGTERM or SIGINT; then every child ends within ten seconds, killed where it must be."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        for child in self._children:
            child.start()
        while not self._stop.wait(0.1):
            for child in self._children:
                child.tend()
        self._end(time.monotonic() + GRACE)

    def _end(self, deadline: float) -> None:
        self.stop()  # also one that was just being started when the signal came
        while self._running() and time.monotonic() < deadline:
            time.sleep(0.05)
        for process in self._running():
            log.error("process %d did not end in %g s and is killed", process.pid, GRACE)
            process.kill()
            process.wait()
