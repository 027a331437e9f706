"""A whole report in one message: ``举报 店名：… 地址：… 问题：…``, the labels in any order."""

import re

LABELS = {
    "类别": "category",
    "店名": "merchant",
    "通讯地址": "contact_address",
    "地址": "address",
    "问题": "problem",
    "诉求": "demand",
    "时间": "happened",
    "姓名": "name",
    "联系电话": "phone",
    "电话": "phone",
}
# 收货地址, 网店名 and the like are words of a sentence, not labels.
_LABEL = re.compile(f"(?<!收货)(?<!发货)(?<!注册)(?<!邮寄)(?<!网)({'|'.join(LABELS)})[ \t]*[：:]")


def begins(text: str) -> bool:
    """Whether a message begins with a label."""
    return _LABEL.match(text) is not None


def read(text: str) -> dict[str, str]:
    """The labelled values of a message, trimmed and otherwise as sent; {} when it carries no label.

    A label that comes again is part of the value it stands in.
    """
    marks: list[tuple[str, int, int]] = []
    for found in _LABEL.finditer(text):
        field = LABELS[found[1]]
        if all(field != known for known, _, _ in marks):
            marks.append((field, found.start(), found.end()))
    ends = [*(start for _, start, _ in marks), len(text)][1:]
    values = {field: text[begin:end].strip() for (field, _, begin), end in zip(marks, ends, strict=True)}
    return {field: value for field, value in values.items() if value}
