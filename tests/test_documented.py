"""Nothing is there that is not written down: commands, settings, pages, ticks and metrics.

Chat words and message kinds are drawn from the table of routes: tests/handlers/chat/test_routes.py.
"""

import re

import click
import msgspec
import pytest

from bot import settings
from bot.__main__ import cli
from bot.web.app import create_app
from bot.worker import ticks
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIG = (ROOT / "config.toml").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
TOLD = set(re.findall(r"`([^`\n]+)`", OPERATIONS))
DESCRIBED = "/api/v1/"
"""What stands under it is described by /api/v1/openapi.json."""


def commands(group: click.Group, before: str = "") -> list[str]:
    """Every command that can be typed, ``staff add`` and so on."""
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        full = f"{before}{name}"
        found += commands(command, f"{full} ") if isinstance(command, click.Group) else [full]
    return found


@pytest.mark.parametrize("command", commands(cli))
def test_a_command_is_in_the_readme(command):
    first, _, rest = command.partition(" ")
    table = [line for line in README.splitlines() if line.startswith("| `")]
    told = [line for line in table if re.search(rf"`{first}\b", line) and re.search(rf"\b{rest}\b", line)]
    assert told, f"README's table of commands does not tell `{command}`"


def test_every_setting_stands_in_the_shipped_configuration():
    sections = msgspec.structs.fields(settings.Sections)
    shipped = {section: part for section, part in re.findall(r"^\[(\w+)\](.*?)(?=^\[|\Z)", CONFIG, re.M | re.S)}
    missing = [
        f"[{section.name}] {key.name}"
        for section in sections
        for key in msgspec.structs.fields(section.type)
        if not re.search(rf"^(?:# )?{key.name} = ", shipped.get(section.name, ""), re.M)
    ]
    assert missing == []


def test_every_address_is_told(service):
    rules = [rule for rule in create_app(service).url_map.iter_rules() if not rule.rule.startswith(DESCRIBED)]
    addresses = {f"{method} {rule.rule}" for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    assert sorted(addresses - TOLD) == []


def test_every_tick_is_told(service):
    assert [tick.name for tick in ticks.ticks_of(service) if tick.name not in TOLD] == []


def test_every_metric_is_told(client):
    page = client.get("/metrics").text
    assert sorted(set(re.findall(r"^# TYPE (\S+)", page, re.M)) - TOLD) == []
