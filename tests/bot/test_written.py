"""The file and the environment read into one value: where a mistake stands, and what would be right."""

from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct
from msgspec.structs import fields

from bot import settings, written
from bot.written import SettingsError, read


class Tea(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    kind: Literal["green", "black"] = "green"
    minutes: Annotated[int, Meta(ge=1, le=9, extra={"wanted": " 1 到 9 的整数"})] = 3
    guests: tuple[str, ...] = ()


class House(Struct, frozen=True, forbid_unknown_fields=True):
    region: str


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    tea: Tea
    house: House


@pytest.fixture
def taken(tmp_path):
    """What is read of a file of this text and this environment."""

    def take(text="[tea]\nname = '甲'\n[house]\nregion = '某县'\n", **environ):
        (tmp_path / "tea.toml").write_text(text, encoding="utf-8")
        return read(tmp_path / "tea.toml", environ, Shape)

    return take


def refusal(taken, *given, **environ):
    with pytest.raises(SettingsError) as error:
        taken(*given, **environ)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_the_environment_goes_first_also_into_a_section_that_the_file_lacks(taken):
    found = taken("[tea]\nname = '甲'\n", SHIAN__TEA__NAME="乙", SHIAN__HOUSE__REGION="丙", SHIAN__TEA__MINUTES="5")
    assert (found.tea.name, found.tea.minutes, found.house.region) == ("乙", 5, "丙")


def test_a_file_of_windows_begins_with_a_mark(taken):
    assert taken("\ufeff[tea]\nname = '甲'\n[house]\nregion = '某县'\n").tea.name == "甲"


@pytest.mark.parametrize("name", ["SHIAN_TEA_KIND", "SHIAN__TEA_KIND", "SHIAN_TEA__KIND"])
def test_a_missing_underscore_is_pointed_out(taken, name):
    assert f"{name} 的下划线不对，应写 SHIAN__TEA__KIND" in refusal(taken, **{name: "x"})
    taken(SHIAN_CONFIG="x", SHIAN_PARENT="1")


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("KIND", "white", "应为 green 或 black"),
        ("MINUTES", "soon", "应为 1 到 9 的整数"),
        ("GUESTS", "甲", '["甲", "乙"]'),
    ],
)
def test_a_wrong_value_of_the_environment_is_not_blamed_on_the_file(taken, key, value, wanted):
    text = refusal(taken, **{f"SHIAN__TEA__{key}": value})
    assert text.startswith(f"环境变量 SHIAN__TEA__{key} 不能用：")
    assert wanted in text
    assert "tea.toml" not in text


def test_a_list_is_given_by_the_environment_as_json(taken):
    assert taken(SHIAN__TEA__GUESTS='["甲 乙", "丙"]').tea.guests == ("甲 乙", "丙")


def test_all_that_is_missing_is_told_at_once(taken):
    text = refusal(taken, "[tea]\nkind = 'black'\n")
    assert "[tea] name" in text
    assert "[house] region" in text


def test_every_setting_has_words_for_what_it_should_be_and_every_required_one_for_where_it_is_found():
    for section in fields(settings.Sections):
        for key in fields(section.type):
            assert written._wanted(key.type)
            assert key.name in written.FOUND_AT or not key.required
