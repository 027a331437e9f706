"""The account's custom menu.

Source: doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html.
"""

from typing import Any

from bot.simulator.errors import Refusal, require
from bot.simulator.records import Ask
from bot.simulator.world import World

# per level: largest count, largest name in bytes, and the codes for count, type, name, key, url
LEVELS = (
    (3, 16, 40016, 40017, 40018, 40019, 40020),
    (5, 60, 40023, 40024, 40025, 40026, 40027),
)
KEYED = {
    "click",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
}
OTHERS = {"view", "miniprogram", "media_id", "article_id", "article_view_limited", "view_limited"}

Row = dict[str, Any]


def create(world: World, ask: Ask) -> Row:
    """menu/create: replaces the menu after checking counts, types and lengths."""
    require(not ask.escaped, 40033)
    buttons = ask.body.get("button")
    _check_level(buttons, 0)
    world.memory.put("menu", "menu", {"button": buttons})
    return {}


def get(world: World, ask: Ask) -> Row:
    """menu/get: the menu as created. Refused with 46003 when there is none."""
    found = world.memory.get("menu", "menu")
    if found is None:
        raise Refusal(46003)
    return {"menu": found}


def current(world: World, ask: Ask) -> Row:
    """get_current_selfmenu_info: the menu in force, or that there is none."""
    found = world.memory.get("menu", "menu")
    return {"is_menu_open": int(found is not None), "selfmenu_info": found or {}}


def delete(world: World, ask: Ask) -> Row:
    """menu/delete: no menu any more."""
    world.memory.drop("menu", "menu")
    return {}


def _check_level(buttons: Any, level: int) -> None:
    count, _, wrong_count, *_ = LEVELS[level]
    require(isinstance(buttons, list) and 1 <= len(buttons) <= count, wrong_count)
    for button in buttons:
        _check_button(button, level)


def _check_button(button: Any, level: int) -> None:
    _, name_bytes, _, wrong_type, wrong_name, wrong_key, wrong_url = LEVELS[level]
    require(isinstance(button, dict), 47001)
    require(1 <= len(str(button.get("name", "")).encode()) <= name_bytes, wrong_name)
    if level == 0 and button.get("sub_button"):
        _check_level(button["sub_button"], 1)
        return
    kind = button.get("type")
    require(kind in KEYED | OTHERS, wrong_type)
    if kind in KEYED:
        require(1 <= len(str(button.get("key", "")).encode()) <= 128, wrong_key)
    if kind == "view":
        url = str(button.get("url", ""))
        require(1 <= len(url.encode()) <= 1024, wrong_url)
        require(url.startswith(("http://", "https://")), 40054 if level else 40055)


CALLS = {
    "menu/create": ("POST", create),
    "menu/get": ("GET", get),
    "menu/delete": ("GET", delete),
    "get_current_selfmenu_info": ("GET", current),
}
