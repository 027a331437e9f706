"""What the account says: every text renders, fits and asks one thing."""

import pytest
from jinja2 import Undefined

from content.replies import LIMIT_BYTES, fit, say, texts
from content.submissions.categories import CATEGORIES


class Anything(Undefined):
    """Stands for whatever a template asks for."""

    def __getattr__(self, name: str):
        return Anything(name=name)

    __getitem__ = __getattr__

    def __call__(self, *_given):
        return "某"

    def __str__(self) -> str:
        return "某"


@pytest.mark.parametrize("name", texts())
def test_every_text_renders_and_fits(name):
    template = texts()[name]
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
            people=3,
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
