"""``recognise``: what the bot makes of a message, and why; for whoever tunes the words."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict

import click

from handlers.understanding.recognition import recognise as understand

FIRST = ("text", "intent", "category", "merchant", "place", "urgent", "reasons")
"""The order that scripts rely on; what else is understood follows."""


@click.command()
@click.argument("text", required=False)
def recognise(text: str | None) -> None:
    """Print what is recognised in TEXT, or in each line of standard input, as one JSON object a line."""
    try:
        for line in _lines() if text is None else [text]:
            sys.stdout.buffer.write(_answer(line).encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python flushes once more at the end, which must not fail as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lines() -> Iterator[str]:
    """What is asked about; refuses bytes that are no UTF-8, after all that came before was answered."""
    for number, raw in enumerate(sys.stdin.buffer, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise click.ClickException(
                f"line {number} of standard input is not UTF-8; convert it, for example: iconv -f GB18030 -t UTF-8"
            ) from None
        if line:
            yield line


def _answer(text: str) -> str:
    values = {"text": text} | asdict(understand(text))
    ordered = {name: values[name] for name in FIRST} | values
    return json.dumps(ordered, ensure_ascii=False)
