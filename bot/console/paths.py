"""Where the console may send a browser."""

import re

_LOCAL = re.compile(r"/console/[A-Za-z0-9_/?=&%.+:-]*")


def local_path(text: str) -> str:
    """`text` when it is a path inside the console, else ''."""
    return text if _LOCAL.fullmatch(text) and "//" not in text else ""
