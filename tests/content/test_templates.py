"""A misspelt fact is told by file, line and what was meant, before anybody reads the text."""

import pytest

from content.errors import ContentError
from content.templates import VALUE, load, parts

OFFICE = parts("name region base_url")
CASES = [parts("number kind")]
FACTS = {"office": OFFICE, "number": VALUE, "cases": CASES, "answers": parts("merchant demand")}


@pytest.fixture
def read(tmp_path):
    def one(text, encoding="utf-8"):
        (tmp_path / "welcome.txt").write_text(text, encoding=encoding)
        (tmp_path / "_foot.txt").write_text("{{ number }}", encoding="utf-8")
        (tmp_path / "_links.txt").write_text("{{ links.receipt }}", encoding="utf-8")
        texts = {"_foot": {"number": VALUE}, "_links": {"links": parts("receipt")}, "welcome": FACTS}
        return load(tmp_path, ".txt", texts, autoescape=False)["welcome"]

    return one


MISSPELT = [
    ("{{ nubmer }}", "nubmer", "number"),
    ("{{ office.nmae }}", "office.nmae", "name"),
    ('{{ office["nmae"] }}', "office['nmae']", "name"),
    ('{{ answers.get("merchent") }}', "answers['merchent']", "merchant"),
    ("{% if ofice.name %}您好{% endif %}", "ofice", "office"),
    ("{% for case in cases %}{{ case.nubmer }}{% endfor %}", "case.nubmer", "number"),
    ("{% for case in cases %}{{ loop.indx }}{% endfor %}", "loop.indx", "index"),
    ("{% for case in cases %}{% endfor %}{{ case.number }}", "case", "cases"),
    ("{% for case in casse %}{% endfor %}", "casse", "cases"),
    (
        "{% for pair in cases | batch(2) %}{% for case in pair %}{{ case.kid }}{% endfor %}{% endfor %}",
        "case.kid",
        "kind",
    ),
    ("{% set first = cases[0] %}{{ first.knd }}", "first.knd", "kind"),
    ("{{ (cases | first).knd }}", "….knd", "kind"),
    ("{% with first = cases[0] %}{{ first.knd }}{% endwith %}", "first.knd", "kind"),
    ("{% macro line(case) %}{{ case.anything }}{{ nubmer }}{% endmacro %}", "nubmer", "number"),
    ("{{ 1 if number else nubmer }}", "nubmer", "number"),
    ("{{ number | truncate(nubmer) }}", "nubmer", "number"),
]


@pytest.mark.parametrize(("text", "written", "meant"), MISSPELT)
def test_a_misspelt_fact_is_told_with_what_was_meant(text, written, meant, read):
    with pytest.raises(ContentError) as told:
        read(f"第一行\n{text}\n")
    name, _, rest = str(told.value).partition("：")
    assert name.endswith("welcome.txt")
    assert rest == f"第2行写了“{written}”，没有这一项。您是不是要写“{meant}”？"


@pytest.mark.parametrize("text", ["{{ number.name }}", "{{ cases.number }}", "{{ office.name.first }}"])
def test_what_has_no_parts_is_asked_for_none(text, read):
    with pytest.raises(ContentError, match=r"没有这一项。请删去。$"):
        read(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{{ office.name }}{{ office["region"] }}{{ answers.get("demand", "无") }}', "局市无"),
        ("{% for one in cases if one.kind %}{{ loop.index }}{{ one.number }}{% else %}无{% endfor %}", "17"),
        ("{% set all %}{{ number }}{% endset %}{{ all }}{% set a, b = 1, 2 %}{{ a }}", "71"),
        ("{% macro line(case) %}{{ case.number }}{% endmacro %}{{ line(cases[0]) }}", "7"),
        ("{{ (cases[:1] | last).kind }}{% include '_foot' %}{% for n in range(2) %}{{ n }}{% endfor %}", "举报701"),
    ],
)
def test_what_jinja_offers_besides_can_be_used(text, said, read):
    office = {"name": "局", "region": "市", "base_url": ""}
    cases = [{"number": 7, "kind": "举报"}]
    assert read(text).render(office=office, number=7, cases=cases, answers={}) == said


def test_a_text_within_a_text_is_there_and_has_its_facts(read):
    with pytest.raises(ContentError, match=r"welcome\.txt：第2行要放进“_fot”，没有这个文件。您是不是要写“_foot”？$"):
        read('\n{% include "_fot" %}')
    with pytest.raises(ContentError, match=r"第1行放进了“_links”，里面要用的“links”这里没有，请删去这一行。$"):
        read('{% include "_links" %}')


@pytest.mark.parametrize("slip", ["{% if office %}您好", "您好 {{ office.name", "{% iff x %}", "{{ number | nosuch }}"])
def test_a_text_that_cannot_be_read_is_told_with_its_line(slip, read):
    with pytest.raises(ContentError, match=r"^.*welcome\.txt：第[23]行.*请改正。$"):
        read(f"第一行\n{slip}\n")
    with pytest.raises(ContentError, match=r"welcome\.txt：不是 UTF-8"):
        read("您好", "gb18030")


def test_a_text_that_is_gone_is_missed(tmp_path):
    with pytest.raises(ContentError, match=r"welcome\.txt：读不了.*请从安装包恢复"):
        load(tmp_path, ".txt", {"welcome": {}}, autoescape=False)
