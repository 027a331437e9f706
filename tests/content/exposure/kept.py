"""What WeChat keeps of an article, and one that uses everything an office may write."""

from html.parser import HTMLParser

from content.exposure.markdown import ATTRIBUTES, STYLE_PROPERTIES, TAGS

EVERYTHING = """# 一级
## 二级
### 三级
#### 四级
##### 五级

正文**加粗**，*强调*，~~删除~~，`代码`，[链接](https://www.gov.cn "题")。
第二行

- 项
  - 子项

1. 甲
2. 乙

> 引文
>> 再引

| 项目 | 值 |
| :-- | --: |
| 罂粟碱 | 0.032 |

![现场](picture:7f3a "现场照片")

---

```sh
a  <b>
c
```
"""
PICTURES = {"picture:7f3a": "https://mmbiz.qpic.cn/x?a=1&b=2"}


class Elements(HTMLParser):
    """Collects (tag, attributes) of everything that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def assert_wechat_keeps(html: str) -> None:
    for tag, attributes in Elements(html).found:
        assert tag in TAGS
        assert set(attributes) <= set(ATTRIBUTES[tag])
        style = attributes.get("style") or ""
        properties = {rule.split(":")[0].strip() for rule in style.split(";") if rule}
        assert properties <= STYLE_PROPERTIES
        if tag == "p":
            assert "color" in properties
        assert not str(attributes.get("href", "")).lower().startswith(("javascript:", "data:", "vbscript:"))
