"""Where a command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.service import Service, open_service
from bot.settings import Settings, load


@dataclass
class CommandContext:
    """The configuration a command was given, read when first needed."""

    config: Path

    @cached_property
    def settings(self) -> Settings:
        return load(self.config)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """The office, closed when the command is done."""
        service = open_service(self.settings)
        try:
            yield service
        finally:
            service.close()
