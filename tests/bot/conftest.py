"""Doors under test: the webhook with any bytes, a town behind real HTTP, the command line in this process."""

import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher

from bot.__main__ import main
from bot.web import passwords
from tests.conftest import CONFIG
from tests.journeys.conftest import town

__all__ = ["town"]


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hashing a password costs a tenth of a second and 64 MB on purpose; here it shall not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.splitlines()[-1]


def assert_refused(done: Done, *said: str) -> None:
    """Exit code 1 and one line."""
    assert done.code == 1
    assert done.err.startswith("shianshao: ")
    assert len(done.err.splitlines()) == 1
    for part in said:
        assert part in done.err


def is_secret(line: str, length: int = 16) -> bool:
    return len(line) == length and line.isascii() and line.isalnum()


@pytest.fixture
def command(tmp_path, monkeypatch, capsys) -> Iterator[Callable[..., Done]]:
    """`python -m bot --config …/config.toml ARGUMENTS`, in this process."""
    config = tmp_path / "config.toml"
    if not config.exists():  # the one of `service` names its database
        config.write_text(CONFIG, encoding="utf-8")
    root = logging.getLogger()
    before, level, mask = root.handlers[:], root.level, os.umask(0o022)

    def run(*arguments: str, config=config) -> Done:
        monkeypatch.setattr(sys, "argv", ["bot", "--config", str(config), *arguments])
        code = main()
        out, err = capsys.readouterr()
        return Done(code, out, err)

    yield run
    root.handlers[:], root.level = before, level
    os.umask(mask)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port of this machine on which something else listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])
