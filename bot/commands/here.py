"""Where a command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.office import Office, open_office
from bot.settings import Settings, load


@dataclass
class Here:
    """The configuration a command was given, read when first needed."""

    config: Path

    @cached_property
    def settings(self) -> Settings:
        return load(self.config)

    @contextmanager
    def office(self) -> Iterator[Office]:
        """The office, closed when the command is done."""
        office = open_office(self.settings)
        try:
            yield office
        finally:
            office.close()
