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
    """把 TEXT 或标准输入每一行的识别结果打印成一行一个 JSON 对象。"""
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
                f"标准输入第{number}行不是UTF-8，请先转换，例如 iconv -f GB18030 -t UTF-8"
            ) from None
        if line:
            yield line


def _answer(text: str) -> str:
    values = {"text": text} | asdict(understand(text))
    ordered = {name: values[name] for name in FIRST} | values
    return json.dumps(ordered, ensure_ascii=False)
