"""The urgency rules of ``urgency.toml``, loaded once."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Rule:
    """`level` 2 is danger now, 1 is soon; any of `words` in a text triggers it. `now`: it goes on at this moment."""

    level: int
    reason: str
    words: tuple[str, ...]
    now: bool = False


RULES = tuple(
    Rule(rule["level"], rule["reason"], tuple(rule["words"]), rule.get("now", False))
    for rule in tomllib.loads(files("content").joinpath("understanding/urgency.toml").read_text(encoding="utf-8"))[
        "rule"
    ]
)
