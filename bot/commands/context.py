"""Where a command runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.service import Service
    from bot.settings import Settings

HOST = click.option("--host", default="127.0.0.1", show_default=True, help="网站在这个地址上接受访问。")
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口。")
DEMO = click.option("--demo", is_flag=True, hidden=True)


@dataclass
class CommandContext:
    """The configuration a command was given, read when first needed; so is the code for it, which weighs."""

    config: Path

    @cached_property
    def settings(self) -> Settings:
        from bot.settings import load

        return load(self.config)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """The office, once it is known that all of it belongs together; closed when the command is done."""
        from bot import working_days
        from bot.installation import check

        with self.unchecked() as service:
            check(service)
            working_days.read(service.db)
            yield service

    @contextmanager
    def unchecked(self) -> Iterator[Service]:
        """The office as `init` and `migrate` find it."""
        from bot.service import open_service
        from storage import audit_head

        service = open_service(self.settings)
        try:
            yield service
            audit_head.move_on(service.db, self.settings.audit_heads)
        finally:
            service.close()

    def check_ready(self, *keys: str) -> None:
        """Fail with one clear line before anything starts, rather than in every request."""
        from bot.settings import require

        require(self.settings, *keys)
        self.check_content()
        with self.service():
            pass

    def check_content(self) -> None:
        """Raise BotError where a file of content/ cannot be read: some are needed first when a citizen writes."""
        from bot.doctor.texts import faults

        if fault := next(faults(), ""):
            raise BotError(fault)
