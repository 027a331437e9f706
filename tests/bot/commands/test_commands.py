"""The list of commands: each explains itself, and in one line to the overview."""

import re

import click

from bot.__main__ import cli
from bot.commands import COMMANDS


def test_every_command_explains_itself(command):
    overview = _unbroken(command("--help").out)
    for name, (_, line) in COMMANDS.items():
        done = command(name, "--help")
        assert (done.code, "Usage" in done.out) == (0, True), name
        assert _unbroken(line) in _unbroken(done.out), name
        assert _unbroken(line) in overview, name


def _unbroken(text):
    return "".join(text.split())


def _all(command, path):
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _all(child, f"{path} {name}")


def test_every_word_of_help_is_chinese():
    words = {"": cli.help}
    for top in COMMANDS:
        for path, one in _all(cli.get_command(click.Context(cli), top), top):
            options = [option for option in one.params if isinstance(option, click.Option) and not option.hidden]
            words |= {path: one.help} | {f"{path} {option.opts[0]}": option.help for option in options}
    assert [name for name, text in words.items() if not re.search("[一-鿿]", text or "")] == []
