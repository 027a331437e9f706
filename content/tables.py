"""How what an office edits is read: each file as one strict value, or one line that says what to correct and where.

Nothing is converted: ``days = "15"`` is refused, as is every key that nobody reads.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from content import faults
from content.errors import ContentError

HERE = Path(__file__).parent
T = TypeVar("T")

Text = Annotated[str, Meta(pattern=r"(?s)\A\S(.*\S)?\Z", description="前后不留空格的文字，不能为空")]
Word = Annotated[str, Meta(pattern=r"\A\S(.*\S)?\Z", description="前后不留空格的一行文字，不能为空")]
Name = Annotated[str, Meta(pattern=r"\A\w+\Z", description="不含空格和标点的名称")]
Words = Annotated[tuple[Word, ...], Meta(min_length=1, description="方括号里至少一个词")]


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a file. What a type cannot say it checks in ``__post_init__``: a ValueError, in Chinese."""


class Sourced(Table, frozen=True, kw_only=True):
    """What rests on a source: compared with it on `checked`; not `sure` must be confirmed before it is relied on."""

    basis: Text
    checked: date
    sure: bool


class Dated(Sourced, frozen=True, kw_only=True):
    """What holds from `since` to `until`, both included."""

    since: date = field(default=date.min, name="from")
    until: date = date.max

    def __post_init__(self) -> None:
        if self.since > self.until:
            raise ValueError(f"from（{self.since}）晚于 until（{self.until}），请改正。")

    def in_force(self, day: date) -> bool:
        return self.since <= day <= self.until


D = TypeVar("D", bound=Dated)


def in_force(rules: Iterable[D], day: date) -> list[D]:
    """Those of the rules that hold on that day."""
    return [rule for rule in rules if rule.in_force(day)]


def check_order(name: str, rules: Iterable[Dated], *, since: date | None = date.min) -> None:
    """Raises ValueError when two rules hold on one day, or, from `since` on, none does; None allows gaps."""
    ordered = sorted(rules, key=lambda rule: rule.since)
    for before, after in pairwise(ordered):
        if after.since <= before.until:
            raise ValueError(f"“{name}”从 {after.since} 起有两条同时有效，请把前一条的 until 改为这一天的前一天。")
        if since is not None and after.since - before.until > timedelta(days=1):
            raise ValueError(f"“{name}”在 {before.until} 和 {after.since} 之间没有规定，请改 until 或 from。")
    if since is not None and (not ordered or ordered[0].since > since or ordered[-1].until < date.max):
        raise ValueError(f"“{name}”有的日子没有规定，请补上一条，或去掉最早一条的 from、最晚一条的 until。")


def check_once(what: str, words: Iterable[str]) -> None:
    """Raises ValueError when a word is there twice."""
    twice = [word for word, times in Counter(words).items() if times > 1]
    if twice:
        raise ValueError(f"{what}“{twice[0]}”写了两次，请只留一处。")


def check_all(what: str, needed: Iterable[str], found: Iterable[str]) -> None:
    """Raises ValueError when one that the program asks for is not there."""
    if missing := set(needed) - set(found):
        raise ValueError(f"少了{what}“{min(missing)}”，程序要用它，请补上。")


def check_known(where: str, words: Iterable[str], known: Iterable[str]) -> None:
    """Raises ValueError when a word names nothing."""
    known = list(known)
    for word in words:
        if word not in known:
            raise ValueError(f"{where}写了“{word}”，没有这个名称。{faults.guess(word, known)}")


@contextmanager
def checking(path: Path) -> Iterator[None]:
    """What is checked across rows: a ValueError within becomes the ContentError of this file."""
    try:
        yield
    except ValueError as error:
        raise ContentError(f"{called(path)}：{error}") from None


def called(path: Path) -> str:
    """The file as an office knows it: ``content/menu.toml``."""
    return path.relative_to(HERE.parent).as_posix() if path.is_relative_to(HERE) else str(path)


def read(path: Path) -> str:
    """The text of a file, without the mark that Windows puts before it; raises ContentError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError(f"{called(path)}：不是 UTF-8 编码，请在编辑器里“另存为”UTF-8 后再试。") from None
    except OSError as error:
        raise ContentError(f"{called(path)}：读不了（{error.strerror}），请从安装包恢复这个文件。") from None


def load(path: Path, kind: type[T]) -> T:
    """A file as one value of `kind`; raises ContentError."""
    return _convert(path, _parse(path), kind)


def load_named(path: Path, kind: type[T], key: str) -> dict[str, T]:
    """A file of tables by their names, each name also the `key` of its row; raises ContentError."""
    tables = _parse(path)
    for name, row in tables.items():
        if isinstance(row, dict) and row.setdefault(key, name) != name:
            raise ContentError(f"{called(path)}：[{name}] 里不用写“{key}”，方括号里的就是，请删去这一项。")
    return _convert(path, tables, dict[str, kind])  # type: ignore[valid-type]


def load_folder(folder: Path, kind: type[T], key: str) -> dict[str, T]:
    """All files of a folder as one such file; raises ContentError, also for a name that stands in two of them."""
    found: dict[str, T] = {}
    for path in sorted(folder.glob("*.toml")):
        rows = load_named(path, kind, key)
        with checking(path):
            check_once("名称", [*found, *rows])
        found |= rows
    if not found:
        raise ContentError(f"{called(folder)}：里面没有一张表，请从安装包恢复。")
    return found


def _parse(path: Path) -> dict[str, Any]:
    text = read(path)
    try:
        tables: dict[str, Any] = msgspec.json.decode(text) if path.suffix == ".json" else tomllib.loads(text)
    except (tomllib.TOMLDecodeError, msgspec.DecodeError) as error:
        raise ContentError(f"{called(path)}：{faults.of_syntax(str(error), text)}") from None
    return tables


def _convert(path: Path, tables: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(tables, kind, str_keys=True, builtin_types=(date,))
    except msgspec.ValidationError as error:
        raise ContentError(f"{called(path)}：{faults.of_value(str(error), tables, kind)}") from None
