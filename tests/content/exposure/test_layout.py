"""Layouts around an article's body: whole, escaped, and nothing in them that WeChat drops."""

import pytest

from content.errors import ContentError
from content.exposure.layout import KINDS, layout
from content.exposure.markdown import render
from tests.content.exposure.kept import EVERYTHING, PICTURES, assert_wechat_keeps


@pytest.mark.parametrize("kind", KINDS)
def test_a_layout_holds_everything_and_nothing_wechat_drops(kind):
    html = layout(
        kind,
        body_html=render(EVERYTHING, PICTURES),
        category="非法添加",
        issuer="新密<局>",
        date="2026年11月23日",
    )
    assert_wechat_keeps(html)
    for text in ("非法添加", "新密&lt;局&gt;", "2026年11月23日", "我要举报", "12315", "罂粟碱"):
        assert text in html


@pytest.mark.parametrize("kind", KINDS)
def test_a_layout_without_category_shows_no_empty_label(kind):
    html = layout(kind, body_html="", category="", issuer="新密市市场监督管理局", date="2026年11月23日")
    assert "></span>" not in html
    assert "></p>" not in html


def test_an_unknown_layout_is_named():
    with pytest.raises(ContentError, match=r"poster.*case"):
        layout("poster", body_html="", category="", issuer="", date="")
