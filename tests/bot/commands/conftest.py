"""Configurations that lack something, and commands that stay: in a process of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import CONFIG, ROOT

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def without(tmp_path: Path) -> Callable[[str], Path]:
    """A configuration without this key."""

    def write(key: str) -> Path:
        file = tmp_path / "less.toml"
        file.write_text("\n".join(line for line in CONFIG.splitlines() if not line.startswith(key)), encoding="utf-8")
        return file

    return write


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `python -m bot --config …/config.toml ARGUMENTS`; what it says goes to …/log."""
    base = [sys.executable, "-m", "bot", "--config", str(tmp_path / "config.toml")]
    with ExitStack() as ends, (tmp_path / "log").open("wb") as log:

        def begin(*arguments: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen([*base, *arguments], cwd=ROOT, stdout=log, stderr=log)
            ends.callback(process.wait)
            ends.callback(process.terminate)
            return process

        yield begin
