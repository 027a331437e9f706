"""Children end with their parent and come back when they die."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.supervisor import PARENT, Supervisor, _Child
from tests.conftest import ROOT
from tests.verbs import until

pytestmark = pytest.mark.slow
SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")


@pytest.fixture
def child():
    one = _Child("sleeper", SLEEP)
    one.start()
    yield one
    one.process.kill()
    one.process.wait()


def test_a_child_that_lives_is_left_alone(child):
    first = child.process.pid
    child.tend()
    assert child.process.pid == first


def test_a_dead_child_is_started_again_a_little_later(child):
    first = child.process.pid
    child.process.kill()
    until(lambda: child.tend() or child.process.pid != first, "the second start of a child that died")
    assert child.process.poll() is None


def test_one_that_dies_at_once_is_started_slower_and_slower():
    hasty = _Child("hasty", (sys.executable, "-c", "raise SystemExit(1)"))
    hasty.start()
    starts, began = 1, time.monotonic()
    while time.monotonic() - began < 1.2:
        pid = hasty.process.pid
        hasty.tend()
        starts += hasty.process.pid != pid
        time.sleep(0.02)
    hasty.process.wait()
    assert starts <= 3


def test_it_is_told_to_stop_and_ends_every_child():
    keeper = Supervisor("config.toml", {"a": (), "b": ()})
    for one in keeper._children:
        one.command = SLEEP
        one.start()
    keeper._end(time.monotonic() + 30)
    assert [one.process.poll() for one in keeper._children] == [-signal.SIGTERM] * 2


STUBBORN = (
    sys.executable,
    "-c",
    "import signal, time, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)",
)


def test_children_that_do_not_listen_are_all_killed_at_the_deadline():
    keeper = Supervisor("config.toml", {"a": (), "b": (), "c": ()})
    for one in keeper._children:
        one.process = subprocess.Popen(STUBBORN, stdout=subprocess.PIPE)
        one.process.stdout.readline()
    began = time.monotonic()
    keeper._end(began + 0.5)
    assert time.monotonic() - began < 0.5 + 2
    assert [one.process.poll() for one in keeper._children] == [-signal.SIGKILL] * 3


def test_the_signal_itself_tells_the_children():
    keeper = Supervisor("config.toml", {"a": ()})
    (one,) = keeper._children
    one.command = SLEEP
    one.start()
    keeper.stop(signal.SIGTERM)
    assert one.process.wait(20) == -signal.SIGTERM


def test_one_that_was_killed_starts_again_at_once_however_often():
    one = _Child("victim", SLEEP)
    one.start()
    for _ in range(4):
        before = one.process.pid
        one.process.kill()
        one.process.wait()
        one.tend()
        assert one.process.pid != before
    one.process.kill()
    one.process.wait()


def test_a_process_ends_though_a_thread_of_it_still_waits():
    code = (
        "import threading, time\nfrom bot.supervisor import end_within\n"
        "threading.Thread(target=time.sleep, args=(60,)).start()\nend_within(0.2)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=30, check=False).returncode == 0


def test_a_child_ends_when_its_parent_is_killed_even_before_it_watches(tmp_path):
    note = tmp_path / "pid"
    inner = "from bot.supervisor import end_with_supervisor; import time; end_with_supervisor(); time.sleep(60)"
    outer = (
        "import os, subprocess, sys, time, pathlib\n"
        f"environ = os.environ | {{{PARENT!r}: str(os.getpid())}}\n"
        f"child = subprocess.Popen([sys.executable, '-c', {inner!r}], env=environ)\n"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", outer], cwd=ROOT, stderr=subprocess.DEVNULL)
    until(lambda: note.exists() and note.read_text(), "the child's note of its pid")
    parent.kill()
    parent.wait()
    pid = int(note.read_text())
    until(lambda: not _runs(pid), "the end of a child whose parent was killed")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
