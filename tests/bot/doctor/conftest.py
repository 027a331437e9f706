"""An office to be looked at: its configuration as it is, and its database under the clock of the tests."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from bot.doctor.examination import Examined
from bot.service import Service
from tests.journeys.conftest import Town

States = list[str]


@pytest.fixture
def examined(service: Service) -> Iterator[Examined]:
    made = Examined(service.settings.source, service.db.clock)
    made.service = service
    yield made
    made.close()


@pytest.fixture
def in_town(examined: Examined, town: Town) -> Examined:
    """The same, with the stand-in for its platform."""
    examined.settings = town.service.settings
    return examined


@pytest.fixture
def settle(examined: Examined) -> Callable[..., None]:
    """Change settings of a section."""

    def change(section: str, **values: Any) -> None:
        part = msgspec.structs.replace(getattr(examined.settings, section), **values)
        examined.settings = replace(examined.settings, **{section: part})

    return change


def states(findings: Any) -> States:
    return [str(finding.state) for finding in findings]
