"""Streets, towns, villages and spots in running text."""

import pytest

from handlers.understanding.addresses import spans
from handlers.understanding.normal import fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在青屏大街买的", ["青屏大街"]),
        ("超化镇的集市", ["超化镇"]),
        ("嵩山大道12号那家", ["嵩山大道12号"]),
        ("在南窑集西头金穗粮油店买的", ["南窑集西头"]),
        ("不知道叫啥 就柳沟村村口", ["柳沟村村口"]),
        ("桃园路北口那家", ["桃园路北口"]),
        ("卖过期卤肉", []),
    ],
)
def test_a_place_ends_where_it_ends(text, found):
    assert [text[span.start : span.end] for span in spans(fold(text))][:1] == found
