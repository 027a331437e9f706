"""Numbered files of this folder, each applied once: name -> SQL, or what is to be done where SQL cannot.

A number is never given twice, and a file that was released never changed. SQL that begins with ``-- additive`` takes
nothing from the version before, which goes on beside it; what begins otherwise stops that one.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.resources import files

from storage.engine.sealing import Vault
from storage.engine.session import Session

Step = str | Callable[[Session, Vault], None]
ADDITIVE = "-- additive\n"


def _steps() -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        name, _, kind = file.name.partition(".")
        if kind == "sql":
            steps[name] = file.read_text(encoding="utf-8")
        elif kind == "py" and name[:3].isdecimal():
            steps[name] = import_module(f"{__name__}.{name}").apply
    return steps


def is_additive(step: Step) -> bool:
    """Whether the version before can go on beside it."""
    return isinstance(step, str) and step.startswith(ADDITIVE)


MIGRATIONS = _steps()
