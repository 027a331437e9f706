"""The figures of ``signals.toml``, loaded once."""

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("content").joinpath("submissions/hints.toml").read_text(encoding="utf-8"))
BASIS: str = _TABLE["basis"]
MANY: int = _TABLE["many"]
DAYS: int = _TABLE["days"]
SHARED_PHONE: int = _TABLE["shared_phone"]
