"""The platform's error codes, as ``platform.toml`` sorts them; loaded once."""

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("content").joinpath("platform.toml").read_text(encoding="utf-8"))
VERDICTS = {int(code): verdict for verdict, codes in _TABLE.items() for code in codes}
"""Code -> verdict; a code that is not listed is treated as ``content``: somebody must look."""
TEXTS = {int(code): text for codes in _TABLE.values() for code, text in codes.items()}
