import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import ContentError
from content.exposure.markdown import STYLES, picture_sources, plain_text, render
from tests.content.exposure.kept import EVERYTHING, PICTURES, Elements, assert_wechat_keeps


def test_every_element_keeps_its_whole_style():
    html = render(EVERYTHING, PICTURES)
    assert_wechat_keeps(html)
    seen: dict[str, set[str]] = {}
    for tag, attributes in Elements(html).found:
        seen.setdefault(tag, set()).add(attributes.get("style") or "")
    for tag, style in STYLES.items():
        assert any(kept.startswith(style) for kept in seen[tag]), tag


def test_table_cells_keep_their_alignment():
    assert f'<td style="{STYLES["td"]};text-align:right">0.032</td>' in render(EVERYTHING, PICTURES)


def test_chinese_and_its_punctuation_stay_readable():
    html = render('“新密”的《公告》：3 > 2 & "5"……')
    assert html == f'<p style="{STYLES["p"]}">“新密”的《公告》：3 &gt; 2 &amp; "5"……</p>\n'


def test_a_single_enter_is_a_new_line():
    assert "甲<br>\n乙" in render("甲\n乙")


def test_code_keeps_spaces_and_lines_without_pre():
    assert "a&nbsp;&nbsp;&lt;b&gt;<br>c" in render(EVERYTHING, PICTURES)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<section style='position:fixed'>x</section>",
        "<!-- x --><![CDATA[ a ]]>",
        "]]></Content><MsgType><![CDATA[image]]></MsgType>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<javascript:alert(1)>",
        '[x](https://a.cn "\\" onmouseover=alert(1) style=\\"position:fixed")',
        "[x](https://a.cn/\"onclick='alert(1)')",
        ">" * 500 + " 深",
        "- " * 300 + "深",
        "[" * 2000,
        "**" * 2000,
        "\x00\ufffe‮",
        '```" onload=x style="position:fixed\ncode\n```',
    ],
)
def test_hostile_markdown_is_only_text(hostile):
    html = render(hostile)
    assert_wechat_keeps(html)
    assert "]]>" not in html
    assert "<script" not in html


@given(st.text(alphabet="ab甲 \n*_~`#>-+1.|[]()!<>\"'&:;\\=/", max_size=80))
def test_whatever_is_typed_stays_within_the_allow_list(body):
    assert_wechat_keeps(render(body, dict.fromkeys(picture_sources(body), "https://mmbiz.qpic.cn/p")))


def test_pictures_get_the_address_they_were_given():
    assert 'src="https://mmbiz.qpic.cn/x?a=1&amp;b=2" alt="现场"' in render(EVERYTHING, PICTURES)
    assert "现场照片</span>" in render(EVERYTHING, PICTURES)
    assert 'src="/pictures/1"' in render("![](图片 一.jpg)![](<图片 一.jpg>)", {"图片 一.jpg": "/pictures/1"})


@pytest.mark.parametrize(
    "source",
    [
        "picture:unknown",
        "https://example.com/a.jpg",
        "//example.com/a.jpg",
        "data:image/png;base64,AAAA",
        "a.jpg",
    ],
)
def test_a_picture_without_an_address_is_refused_by_name(source):
    with pytest.raises(ContentError, match=r"没有上传") as refusal:
        render(f"- 列表\n\n  > ![图]({source})")
    assert source in str(refusal.value)


def test_picture_sources_come_in_order_each_once():
    body = "![a](picture:2)\n\n> ![b](picture:1) ![c](picture:2)\n\n| ![d](picture:3) |\n|-|\n\n`![](picture:9)`"
    assert picture_sources(body) == ["picture:2", "picture:1", "picture:3"]
    assert picture_sources("没有图片") == []


def test_plain_text_is_the_words_on_one_line():
    assert plain_text(
        "## 案情\n\n甲**乙**\n丙[网](https://a.cn)![图](picture:1)\n\n- 一\n- 二\n\n|a|b|\n|-|-|\n|c|d|"
    ) == ("案情 甲乙 丙网 一 二 a b c d")
    assert plain_text("<b>x</b> &amp;") == "<b>x</b> &"
    assert plain_text("") == ""


@pytest.mark.parametrize(("limit", "text"), [(0, ""), (1, "…"), (3, "一二…"), (4, "一二三四"), (None, "一二三四")])
def test_plain_text_keeps_to_its_limit(limit, text):
    assert plain_text("一二三四", limit) == text
