"""What is wrong with a file, and what to do, as one sentence for the office that edited it."""

import difflib
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from msgspec import inspect

Step = str | int
_CHINESE_MARKS = re.compile("[“”‘’，；：＝【】［］｛｝]")
_QUOTED = re.compile(r'"[^"]*"')


def guess(word: str, known: Iterable[str]) -> str:
    """What somebody who wrote an unknown word should do."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"您是不是要写“{close[0]}”？" if close else f"可以写：{'、'.join(known)}。" if known else "请删去。"


def of_syntax(error: str, text: str) -> str:
    """Of a text that the parser refuses with `error`."""
    line = re.search(r"line (\d+)", error)
    if not line:
        return "内容不完整，像是有引号或括号没有关上，请检查末尾几行。"
    written = text.splitlines()[int(line[1]) - 1].strip()
    where = f"第{line[1]}行（{written[:40]}）"
    if "overwrite" in error or "twice" in error:
        return f"{where}的名称前面已经写过，请只留一处。"
    if mark := _CHINESE_MARKS.search(_QUOTED.sub("", written)):
        return f"{where}不能识别，里面有中文标点“{mark[0]}”：引号、逗号、等号、括号请用英文的。"
    return f"{where}不能识别，请检查这一行和上一行的引号、逗号、括号。"


_STEP = re.compile(r"\.([^.\[\]`]+)|\[(\d+|\.\.\.)\]")
_FIELD = re.compile(r"Object (missing required|contains unknown) field `(.+)`")


def of_value(error: str, tables: Any, kind: Any) -> str:
    """Of tables that msgspec refuses with `error` to take for a `kind`."""
    what, _, place = error.partition(" - at `")
    by_key = place.startswith("key")
    steps: list[Step] = []
    value = tables
    for name, number in _STEP.findall(place + "[...]" * by_key):
        steps.append(name or (_culprit(error, value, tables, kind) if number == "..." else int(number)))
        value = value[steps[-1]]
    where = _place(tables, steps)
    if wrong := _FIELD.fullmatch(what):
        if wrong[1] == "missing required":
            return f"{where}少了“{wrong[2]}”这一项，请补上。"
        known = [one.encode_name for one in _type_at(kind, steps).fields if one.encode_name not in value]
        return f"{where}不认识“{wrong[2]}”这一项。{guess(wrong[2], known)}"
    if not what.isascii():  # a sentence of our own
        return f"{where}{what}"
    if by_key:
        return f"{where}这个名称不能用，请改正。"
    return f"{where}写成了{_shown(value)}。{_remedy(what, _type_at(kind, steps), value)}"


def _culprit(error: str, table: dict[str, Any], tables: Any, kind: Any) -> str:
    """The key of `table` that is refused, which msgspec does not tell: the one that is refused alone, too."""
    rows = dict(table)
    for name, row in rows.items():
        table.clear()
        table[name] = row
        try:
            msgspec.convert(tables, kind, str_keys=True, builtin_types=(date,))
        except msgspec.ValidationError as again:
            if str(again) == error:
                break
    table.update(rows)
    return name


def _place(tables: Any, steps: list[Step]) -> str:
    """``rule 第3项（complaint.accept） days``; a row of many is also told by its first text."""
    parts: list[str] = []
    value = tables
    for step in steps:
        value = value[step]
        label = next((text for text in value.values() if isinstance(text, str)), "") if isinstance(value, dict) else ""
        parts.append(step if isinstance(step, str) else f"第{step + 1}项{f'（{label}）' if label else ''}")
    return " ".join((*parts, ""))


def _type_at(kind: Any, steps: list[Step]) -> Any:
    """What must stand there."""
    at: Any = inspect.type_info(kind)
    for step in steps:
        at = _bare(at)
        if isinstance(at, inspect.StructType):
            at = next(one.type for one in at.fields if one.encode_name == step)
        elif isinstance(at, inspect.DictType):
            at = at.value_type
        elif isinstance(at, inspect.TupleType) and isinstance(step, int):
            at = at.item_types[step]
        else:
            at = at.item_type
    return at


def _bare(at: Any) -> Any:
    """A type without its description, and of ``X | None`` the X."""
    while isinstance(at, inspect.Metadata | inspect.UnionType):
        at = at.type if isinstance(at, inspect.Metadata) else at.types[0]
    return at


_TYPES = {
    "int": "整数，不加引号",
    "float": "数字，不加引号",
    "str": "文字，用英文引号括起来",
    "bool": "true 或 false，不加引号",
    "date": "日期，如 2026-04-15，不加引号",
    "array": "方括号括起来的列表",
    "object": "一张表，里面逐项写“名称 = 内容”",
}


def _remedy(error: str, wanted: Any, value: Any) -> str:
    """What must stand there instead: as the type says in words, else by its values, bounds or its name."""
    if isinstance(wanted, inspect.Metadata) and wanted.extra_json_schema:
        return f"应是{wanted.extra_json_schema['description']}。"
    wanted = _bare(wanted)
    if isinstance(wanted, inspect.LiteralType):
        return guess(str(value), map(str, wanted.values))
    expected = re.match(r"Expected `(\w+)", error)
    least, most = (getattr(wanted, bound, None) for bound in ("ge", "le"))
    between = "".join((f"，不小于 {least}" * (least is not None), f"，不大于 {most}" * (most is not None)))
    return f"应是{_TYPES.get(expected[1], expected[1]) if expected else '别的写法'}{between}。"


def _shown(value: Any) -> str:
    return "一张表" if isinstance(value, dict) else "列表" if isinstance(value, list) else f"“{str(value)[:40]}”"
