"""Online shopping platforms, read once from shops.toml."""

import tomllib
from importlib.resources import files

PLATFORMS: dict[str, list[str]] = tomllib.loads(
    files("content").joinpath("understanding/shops.toml").read_text(encoding="utf-8")
)["platforms"]


def platform(text: str) -> str:
    """The platform a text speaks of, the longest name first heard; '' for a shop in a street."""
    plain = text.lower()
    heard = [(len(word), name) for name, words in PLATFORMS.items() for word in words if word in plain]
    named = [hit for hit in heard if hit[1] != "其他网店"]
    return max(named or heard)[1] if heard else ""
