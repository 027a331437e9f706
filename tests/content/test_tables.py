"""Whatever an office does to a file of content, it reads one line that names the file, the place and the remedy."""

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from content import knowledge, menu, platform, rewards
from content.clock import deadlines, hours
from content.errors import ContentError
from content.knowledge import synonyms
from content.papers import papers
from content.registers import imports, names
from content.submissions import answers, categories, grounds, hints, remedies
from content.tables import HERE
from content.understanding import danger, facts, phrases, recognition, sentences, shops, townships, urgency


@dataclass(frozen=True)
class File:
    """A file of content, what reads it, and its keys that may be left out."""

    path: str
    load: Callable[[Path], object]
    optional: frozenset[str] = field(default=frozenset())
    free: frozenset[str] = field(default=frozenset())
    """Tables whose keys an office chooses."""


OWN_DAYS = frozenset({"closed", "monday", "tuesday", "wednesday", "thursday", "friday"})
SPAN = frozenset({"from", "until"})
LISTS = frozenset({"all", "any", "none"})
FILES = [
    File("submissions/categories.toml", categories.load, free=frozenset({""})),
    File("submissions/remedies.toml", remedies.load, SPAN),
    File("submissions/answers.toml", answers.load, frozenset({"stages"})),
    File("submissions/grounds.toml", grounds.load, frozenset({"other"})),
    File("submissions/hints.toml", hints.load),
    File("papers/papers.toml", papers.load, frozenset({"needs", "ask", "required", "long"}), frozenset({"units"})),
    File("clock/deadlines.toml", deadlines.load, SPAN | {"suspends", "extends"}),
    File("clock/hours.toml", hours.load, SPAN | OWN_DAYS),
    File("rewards.toml", rewards.load, SPAN),
    File("menu.toml", menu.load),
    File(
        "platform.toml",
        platform.load,
        free=frozenset(
            {"again", "refresh", "quota", "duplicate", "gone", "window"} | {"lost", "content", "confirm", "account"}
        ),
    ),
    File("registers/names.toml", names.load),
    File("registers/imports.toml", imports.load, frozenset({"column", "value"}), frozenset({"kinds"})),
    File("knowledge/synonyms.toml", synonyms.load, free=frozenset({"same"})),
    File("understanding/urgency.toml", urgency.load, frozenset({"now"})),
    File("understanding/townships.toml", townships.load, frozenset({"county", "centre", "sure"})),
    File("understanding/shops.toml", shops.load, free=frozenset({"platforms"})),
    File("understanding/facts.toml", facts.load),
    File("understanding/phrases.toml", phrases.load, frozenset({"alone"})),
    File("understanding/sentences.toml", sentences.load),
    File("understanding/danger.toml", danger.load, frozenset({"certain", "first_aid"}), frozenset({"first_aid"})),
    File("understanding/names.toml", recognition.load_names),
    File("understanding/normal.toml", recognition.load_normal, free=frozenset({"slips", "dialect"})),
    File("understanding/rules.toml", partial(recognition.load_rules, concepts=recognition.CONCEPTS), LISTS),
    *(
        File(
            f"understanding/words/{path.name}",
            lambda path: recognition.load_concepts(path.parent),
            frozenset({"deniable"}),
            frozenset({""}),
        )
        for path in (HERE / "understanding" / "words").glob("*.toml")
    ),
    *(
        File(f"knowledge/themes/{path.name}", lambda path: knowledge.load(path.parent), free=frozenset({""}))
        for path in (HERE / "knowledge" / "themes").glob("*.toml")
    ),
]


Keys = tuple[str | int, ...]


def written(value: Any) -> str:
    """A value as TOML, tables on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int | float) else str(value)


def read(file: File) -> Any:
    return tomllib.loads((HERE / file.path).read_text(encoding="utf-8"))


def save(tables: dict[str, Any], folder: Path, file: File) -> Path:
    path = folder / Path(file.path).name
    path.write_text("".join(f"{json.dumps(key)} = {written(row)}\n" for key, row in tables.items()), encoding="utf-8")
    return path


def keys_of(tables: Any, file: File, keys: Keys = (), name: str = "") -> Iterator[Keys]:
    """Where each key stands: in the first table that has it, and of the keys an office chooses the first."""
    if isinstance(tables, list):
        seen = set[Keys]()
        for number, row in enumerate(tables):
            for found in keys_of(row, file, (*keys, number), name) if isinstance(row, dict) else ():
                plain = tuple(key for key in found if isinstance(key, str))
                if plain not in seen:
                    seen.add(plain)
                    yield found
        return
    for key in list(tables)[: 1 if name in file.free else None]:
        yield (*keys, key)
        if isinstance(tables[key], dict | list):
            yield from keys_of(tables[key], file, (*keys, key), key)


PLACES = [(file, keys) for file in FILES for keys in keys_of(read(file), file)]


def changed(file: File, keys: Keys, change: Callable[[dict[str, Any], str], object]) -> dict[str, Any]:
    tables: dict[str, Any] = read(file)
    table: Any = tables
    for key in keys[:-1]:
        table = table[key]
    change(table, str(keys[-1]))
    return tables


def refused(file: File, path: Path) -> str:
    with pytest.raises(ContentError) as refusal:
        file.load(path)
    line = str(refusal.value)
    assert line.startswith(str(path))
    assert "\n" not in line
    assert line[-1] in "。？"
    return line


def chosen(file: File, keys: Keys) -> bool:
    """Whether an office chooses the key, which may then be any."""
    return (str(keys[-2]) if len(keys) > 1 else "") in file.free


def at(places: list[tuple[File, Keys]]) -> pytest.MarkDecorator:
    names = [f"{file.path}:{'.'.join(map(str, keys))}" for file, keys in places]
    return pytest.mark.parametrize(("file", "keys"), places, ids=names)


FIXED = [(file, keys) for file, keys in PLACES if not chosen(file, keys)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path)
def test_what_is_rewritten_without_a_change_is_accepted(file, tmp_path):
    file.load(save(read(file), tmp_path, file))


@at([(file, keys) for file, keys in FIXED if keys[-1] not in file.optional])
def test_a_missing_key_is_named(file, keys, tmp_path):
    assert str(keys[-1]) in refused(file, save(changed(file, keys, dict.pop), tmp_path, file))


@at(FIXED)
def test_a_misspelt_key_is_told_how_it_is_written(file, keys, tmp_path):
    path = save(changed(file, keys, lambda table, key: table.update({f"{key}x": table.pop(key)})), tmp_path, file)
    line = refused(file, path)
    assert f"“{keys[-1]}x”" in line
    assert f"您是不是要写“{keys[-1]}”？" in line


@at(PLACES)
def test_a_value_of_another_type_is_not_converted(file, keys, tmp_path):
    def change(table: dict[str, Any], key: str) -> None:
        table[key] = 7 if isinstance(table[key], str) else "不对"

    line = refused(file, save(changed(file, keys, change), tmp_path, file))
    assert str(keys[-1]) in line
    assert "写成了“7”" in line or "写成了“不对”" in line


SLIPS = [
    ("clock/hours.toml", '"09:00-12:00", "13:00-17:00"', "“09:00-12:00”", "中文标点“"),
    ("clock/hours.toml", '"09:00-12:00",', '"09:00-12:00"，', "中文标点“，”"),
    ("clock/hours.toml", "[[hours]]", "[[hours", "请检查这一行"),
    ("clock/hours.toml", '"13:00-17:00"]', '"13:00-17:00"', "请检查"),
    ("clock/hours.toml", "sure = false", "sure = false\nsure = true", "前面已经写过"),
    ("clock/hours.toml", "09:00-12:00", "12:00-09:00", "先后不对"),
    ("clock/hours.toml", "09:00-12:00", "09:00-14:00", "先后不对"),
    ("clock/hours.toml", "09:00-12:00", "9点", "应是起止时间，如 09:00-12:00"),
    ("clock/hours.toml", "09:00-12:00", "09:00—12:00", "应是起止时间"),
    ("clock/hours.toml", "checked = 2026-11-23", "checked = 2026-11-23\nfrom = 2027-02-01\nuntil = 2027-01-01", "晚于"),
    ("clock/deadlines.toml", "until = 2026-04-14", "until = 2026-04-15", "两条同时有效"),
    ("clock/deadlines.toml", "until = 2026-04-14", "until = 2026-04-13", "之间没有规定"),
    ("clock/deadlines.toml", "from = 2026-04-15", "", "两条同时有效"),
    ("clock/deadlines.toml", 'code = "report.case"', 'code = "report.verify"', "“report.verify”"),
    ("clock/deadlines.toml", 'code = "report.case"', 'code = "report.cases"', "您是不是要写“report.case”？"),
    ("clock/deadlines.toml", "days = 15", 'days = "15"', "rule 第5项（report.verify） days"),
    ("clock/deadlines.toml", "days = 15", "days = 0", "不小于 1"),
    ("clock/deadlines.toml", 'unit = "workday"', 'unit = "workdays"', "您是不是要写“workday”？"),
    ("rewards.toml", "percent = 5", "percent = 500", "百分比"),
    ("rewards.toml", 'code = "3"', 'code = "2"', "等级代码“2”写了两次"),
    ("rewards.toml", "from = 2021-12-01", "until = 2021-12-01", "有的日子没有规定"),
    ("submissions/categories.toml", 'motif = "stall"', 'motif = "stal"', "您是不是要写“stall”？"),
    ("submissions/categories.toml", 'colour = "#1d5078"', 'colour = "blue"', "颜色，如"),
    ("submissions/categories.toml", "[rural_fake]", "[rural]", "少了类别“rural_fake”"),
    ("submissions/categories.toml", '"山寨"', '"外卖"', "词语“外卖”写了两次"),
    ("submissions/remedies.toml", '"upheld"', '"uphold"', "您是不是要写“upheld”？"),
    ("submissions/remedies.toml", '"complaint"]', '"complaints"]', "您是不是要写“complaint”？"),
    ("menu.toml", 'name = "我要举报"', 'name = "我要举报啦"', "不要超过4个字"),
    ("menu.toml", 'name = "使用帮助"', 'name = "使用帮助使用帮助啦"', "不要超过8个字"),
    ("menu.toml", 'key = "help"', 'key = "halp"', "您是不是要写“help”？"),
    ("menu.toml", 'key = "help"', 'key = "help"\npath = "/help"', "只写一种去处"),
    ("menu.toml", 'key = "report"', 'key = "report"\n[[button]]\nname = "帮助"\nkey = "help"', "一到三个按钮"),
    ("platform.toml", '"40014"', '"42001"', "前面已经写过"),
    ("platform.toml", '"40014"', '"45009"', "代码“45009”写了两次"),
    ("platform.toml", '"40014"', '"4001a"', "refresh"),
    ("registers/names.toml", '"食品", "熟食"', '"食品", "食品"', "“食品”写了两次"),
    ("registers/imports.toml", '"企业名称"', '"名称"', "表头“名称”写了两次"),
    ("registers/imports.toml", '"店名"], column = true, value = true', '"店名"], column = true', "每行都要有"),
    ("understanding/danger.toml", '"choking"', '"chocking"', "您是不是要写“choking”？"),
    ("understanding/danger.toml", 'number = "110"', 'number = "111"', "您是不是要写“119”？"),
    ("understanding/rules.toml", '"demands_money"', '"demands_mony"', "您是不是要写“demands_money”？"),
    ("understanding/rules.toml", '"symptom:supposed"', '"past:supposed"', "没有这个名称"),
    ("understanding/rules.toml", 'intent = "complaint"', 'intent = "complant"', "您是不是要写“complaint”？"),
    ("understanding/shops.toml", '"taobao"', '"Taobao"', "字母小写"),
    ("understanding/townships.toml", "near_km = 7.0", "near_km = 70.0", "near_km 要小于 far_km"),
    ("understanding/townships.toml", '"距", ', '"(", ', "应是一个字"),
    ("understanding/urgency.toml", "level = 2", "level = 3", "可以写：1、2"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "told"), SLIPS)
def test_a_slip_is_told_with_its_remedy(name, right, wrong, told, tmp_path):
    (file,) = [file for file in FILES if file.path == name]
    text = (HERE / name).read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / Path(name).name
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert told in refused(file, path)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path)
def test_another_encoding_is_told_and_a_mark_of_windows_is_no_fault(file, tmp_path):
    text = (HERE / file.path).read_text(encoding="utf-8")
    path = tmp_path / Path(file.path).name
    path.write_text(text, encoding="utf-8-sig")
    file.load(path)
    path.write_text(text, encoding="gb18030")
    assert "另存为”UTF-8" in refused(file, path)


def test_a_file_that_is_gone_is_told(tmp_path):
    assert "请从安装包恢复" in refused(FILES[0], tmp_path / "categories.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [('{"": [0.1]', "内容不完整"), ('{"": [0.1], "a": [1, 2]}', "a"), ("{}", "少了"), ('{"": ["x"]}', "写成了“x”")],
)
def test_weights_are_read_as_strictly(text, told, tmp_path):
    path = tmp_path / "merchant_weights.json"
    path.write_text(text, encoding="utf-8")
    file = File("understanding/merchant_weights.json", lambda path: recognition.load_weights(path, tuple[float]))
    assert told in refused(file, path)


def test_a_name_may_stand_in_one_file_of_a_folder_only(tmp_path):
    for name in ("food.toml", "again.toml"):
        (tmp_path / name).write_bytes((HERE / "knowledge" / "themes" / "food.toml").read_bytes())
    with pytest.raises(ContentError, match=r"food\.toml：名称“.+”写了两次"):
        knowledge.load(tmp_path)
