"""Online platforms, as people call them."""

import pytest

from content.understanding.shops import platform


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("拼多多上买的", "拼多多"),
        ("抖音直播间", "抖音"),
        ("https://mobile.yangkeduo.com/goods.html?id=1", "拼多多"),
        ("在直播间买的", "其他网店"),
        ("美团优选", "美团优选"),
        ("青屏大街12号", ""),
        ("", ""),
    ],
)
def test_a_platform_is_known_by_its_names(text, name):
    assert platform(text) == name
