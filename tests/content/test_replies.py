"""What the account says: every text is used, renders, fits and asks one thing."""

import re

import pytest
from jinja2 import Undefined

from content import replies
from content.errors import ContentError
from content.replies import LIMIT_BYTES, fit, names, say
from content.submissions.categories import CATEGORIES
from tests.conftest import ROOT

TEXTS = list((ROOT / "content" / "replies").glob("*.txt"))
CODE = "\n".join(
    path.read_text(encoding="utf-8") for room in ("bot", "handlers") for path in sorted((ROOT / room).rglob("*.py"))
)


class Anything(Undefined):
    """Stands for whatever a template asks for."""

    def __getattr__(self, name: str):
        return Anything(name=name)

    __getitem__ = __getattr__

    def __call__(self, *_given):
        return "某"

    def __str__(self) -> str:
        return "某"


@pytest.mark.parametrize("name", names())
def test_every_text_is_said_by_the_code(name):
    included = any(f'include "{name}"' in path.read_text(encoding="utf-8") for path in TEXTS)
    assert included or re.search(rf'"{name}"', CODE), f"nobody says {name}.txt"


def test_whatever_the_code_says_has_a_text():
    assert set(re.findall(r'say\(\s*"(\w+)"', CODE)) <= set(names())


@pytest.mark.parametrize("name", names())
def test_every_text_renders_and_fits(name):
    template = replies._templates[name]
    text = (
        template.environment.overlay(undefined=Anything)
        .get_template(name)
        .render(
            categories=list(CATEGORIES.values()),
            answers={},
            cases=[],
            articles=[],
            parts=["1张照片"],
            missing=["店名"],
            near=[Anything()] * 5,
            listings=[Anything()] * 2,
            penalties=[Anything()] * 3,
            others=[],
            free=["SA20261123-0001"],
            under_way=[],
        )
    )
    assert text.strip()
    assert len(text.encode()) <= LIMIT_BYTES
    assert "{{" not in text
    assert "\n\n\n\n" not in text


def test_a_value_that_is_missing_is_a_defect_and_not_a_blank():
    with pytest.raises(Exception, match="office"):
        say("welcome")
    with pytest.raises(KeyError):
        say("no_such_text")


def test_what_people_typed_is_not_taken_for_a_template():
    assert "{{ 7 * 7 }}" in say("exposure_about_none", topic="{{ 7 * 7 }}", office={"base_url": ""})


def test_fitting_prefers_a_line_and_never_splits_a_character():
    assert fit("短") == ("短", "")
    assert fit("一" * 10 + "\n" + "二" * 10, 50) == ("一" * 10, "二" * 10)
    head, rest = fit("😀" * 10, 11)
    assert (head, rest) == ("😀" * 2, "😀" * 8)


@pytest.mark.parametrize("slip", ["{% if office %}您好", "您好 {{ office.name", "{% iff x %}", "{{ name | nosuch }}"])
def test_a_text_that_cannot_be_read_is_told_with_its_line(slip, tmp_path):
    (tmp_path / "welcome.txt").write_text(f"第一行\n{slip}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"^.*welcome\.txt：第[23]行.*请改正。$"):
        replies.load(tmp_path)
    (tmp_path / "welcome.txt").write_text("您好", encoding="gb18030")
    with pytest.raises(ContentError, match=r"welcome\.txt：不是 UTF-8"):
        replies.load(tmp_path)
