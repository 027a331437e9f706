"""Labelled conversations, one JSON object a line: what people type, and what must have come of it.

KINDS names the files; the part whose name ends in `held_out` is not for the eyes of whoever tunes. A turn is a text, or
one of `{"picture": name}`, `{"voice": name}`, `{"place": label}`, `{"menu": key}`, `{"wait": minutes}` and `{"ask":
question}`, which staff ask about the newest case.

    remarks      `text` after `context` names no danger and is no letter; `as` is what it is, `step` what was just
                 asked, `is` the fields that an answer or a correction gives, `says` the words of a fact that count
    emergencies  `text` after `context` must be answered with the number `call`, or one of several; `official`: it is a
                 letter besides
    letters      whether `text` after `context` is a `letter` on an official's conduct
    talks        `turns`, and the `stored` submissions that staff find afterwards with their `says` (words that stand in
                 them) and `hides` (words that must not), `letters`, `calls`; a question in `asked_once` may be put
                 once, one in `unasked` never, because it was answered before
    questions    `entry` of the knowledge base that answers (one, several, or null for an honest no); an entry added
                 later is right too where its question holds `about`

`doubt` says why people may differ about a line: it is left out of the score.
"""

import json
from pathlib import Path
from typing import Any

Label = dict[str, Any]

FOLDER = Path(__file__).parent
KINDS = ("remarks", "emergencies", "letters", "talks", "questions")
PARTS = {"open": ".jsonl", "held out": ".held_out.jsonl"}
UNREADABLE = "【收到不支持的消息类型，暂无法显示】"
"""What the platform delivers in the place of a sticker."""


def read(kind: str, part: str) -> list[Label]:
    text = (FOLDER / f"{kind}{PARTS[part]}").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def scored(kind: str, part: str) -> list[Label]:
    """Those about which nobody doubts."""
    return [label for label in read(kind, part) if "doubt" not in label]
