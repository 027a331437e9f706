"""What the account says: one Jinja2 text per reply, in this folder, editable by an office."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Template

from content import templates
from content.replies import marks
from content.replies.facts import FACTS

LIMIT_BYTES = 2047
"""The longest text WeChat takes in a passive reply, in UTF-8 bytes (seen in the field; no official number)."""


HELPERS: dict[str, Callable[..., object]] = {
    "tap": marks.tap,
    "link": marks.link,
    "ours": marks.ours,
    "masked": marks.masked,
    "oneline": marks.oneline,
}
"""What a text may call beside its facts."""


@cache
def texts() -> dict[str, Template]:
    """The text of each reply, compiled, its facts checked; a service loads them when it starts. Raises ContentError."""
    return templates.load(
        Path(__file__).parent, ".txt", FACTS, autoescape=False, helpers=HELPERS, finalize=marks.harmless
    )


def say(name: str, /, **values: object) -> str:
    """The text of reply `name`. Raises KeyError for a name without a file: a defect, caught by tests."""
    return texts()[name].render(values).strip()


def fit(text: str, limit: int = LIMIT_BYTES) -> tuple[str, str]:
    """Split at a line or character boundary, never inside a link, so that the first part is at most `limit` bytes."""
    if len(text.encode()) <= limit:
        return text, ""
    head = text.encode()[:limit].decode(errors="ignore")
    cut = head.rfind("\n")
    cut = cut if cut > len(head) // 2 else len(head)
    within = next((link for link in marks.links(text) if link.start() < cut < link.end()), None)
    cut = (within and within.start()) or cut
    return text[:cut].rstrip(), text[cut:].lstrip()
