"""The other ways to one's right, of ``remedies.toml``, loaded once."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True)
class Remedy:
    """A way outside this office, told in some stages of some kinds of submission; not `sure` is to be checked."""

    code: str
    text: str
    basis: str
    kinds: frozenset[str]
    stages: frozenset[str]
    since: date
    sure: bool


REMEDIES = tuple(
    Remedy(
        code=remedy["code"],
        text=remedy["text"],
        basis=remedy["basis"],
        kinds=frozenset(remedy["kinds"]),
        stages=frozenset(remedy["stages"]),
        since=remedy["from"],
        sure=remedy["sure"],
    )
    for remedy in tomllib.loads(files("content").joinpath("submissions/remedies.toml").read_text(encoding="utf-8"))[
        "remedy"
    ]
)


def of(kind: str, stage: str) -> list[Remedy]:
    """What is told to whoever handed in a submission of this kind when it stands there."""
    return [remedy for remedy in REMEDIES if kind in remedy.kinds and stage in remedy.stages]
