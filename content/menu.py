"""The account's menu of ``menu.toml``, as the platform takes it."""

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from content import tables
from content.tables import Table, Word

Key = Literal["report", "complaint", "progress", "lookup", "exposure", "help"]
"""What a button says for whoever taps it."""


class Entry(Table, frozen=True, kw_only=True):
    """A button of a list: it says something (`key`) or opens a page of ours (`path`)."""

    width: ClassVar[int] = 8
    """Chinese characters of a name; phones cut a longer one (公众号文档“自定义菜单”). Two letters count as one."""
    name: Word
    key: Key | None = None
    path: Annotated[str, Meta(pattern=r"\A/[\w/.?=&-]*\Z", description="本站网址，以 / 开头")] | None = None

    def __post_init__(self) -> None:
        if sum(1 if letter > "\xff" else 0.5 for letter in self.name) > self.width:
            raise ValueError(f"名称“{self.name}”太长，手机上显示不全，请不要超过{self.width}个字。")
        if len(self.targets) != 1:
            raise ValueError(f"按钮“{self.name}”要写且只写一种去处：key、path{'、sub' * (self.width == 4)} 里的一项。")

    @property
    def targets(self) -> list[object]:
        return [target for target in (self.key, self.path) if target is not None]


class Button(Entry, frozen=True, kw_only=True):
    """A button of the menu itself, which may open a list of entries (`sub`)."""

    width: ClassVar[int] = 4
    sub: Annotated[tuple[Entry, ...], Meta(min_length=1, max_length=5, description="一到五个按钮")] | None = None

    @property
    def targets(self) -> list[object]:
        return [*super().targets, *([self.sub] if self.sub is not None else [])]


class _File(Table, frozen=True):
    button: Annotated[tuple[Button, ...], Meta(min_length=1, max_length=3, description="一到三个按钮")]


def load(path: Path) -> tuple[Button, ...]:
    """The buttons, within the platform's limits; raises ContentError."""
    return tables.load(path, _File).button


BUTTONS = load(Path(__file__).with_name("menu.toml"))


def menu(base_url: str) -> dict[str, Any]:
    """The body of menu/create; pages are linked under `base_url`."""
    return {"button": [_button(button, base_url) for button in BUTTONS]}


def _button(button: Entry, base_url: str) -> dict[str, Any]:
    if isinstance(button, Button) and button.sub:
        return {"name": button.name, "sub_button": [_button(sub, base_url) for sub in button.sub]}
    if button.path:
        return {"type": "view", "name": button.name, "url": base_url + button.path}
    return {"type": "click", "name": button.name, "key": button.key}
