"""The account's menu of ``menu.toml``, as the platform takes it."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

_BUTTONS = tomllib.loads(files("content").joinpath("menu.toml").read_text(encoding="utf-8"))["button"]


def menu(base_url: str) -> dict[str, Any]:
    """The body of menu/create; pages are linked under `base_url`."""
    return {"button": [_button(button, base_url) for button in _BUTTONS]}


def _button(button: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    if "sub" in button:
        return {"name": button["name"], "sub_button": [_button(sub, base_url) for sub in button["sub"]]}
    if "path" in button:
        return {"type": "view", "name": button["name"], "url": base_url + button["path"]}
    return {"type": "click", "name": button["name"], "key": button["key"]}
