"""Labels and numbers in a message.

A whole report in one message is labelled: ``举报 店名：… 地址：… 问题：…``, the labels in any order.
"""

import re
import unicodedata

NUMBER = re.compile(r"[Ss\uff33\uff53]\s*[Aa\uff21\uff41]\s*(\d{8})\s*[-－—–‐]?\s*(\d{4,})")
_LEAD = re.compile(rf"(?:编号)?[\s:：#]*{NUMBER.pattern}[\s:：,，、]*")
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


def begins_with_label(text: str) -> bool:
    """Whether a message begins with a label."""
    return _LABEL.match(text) is not None


def label_values(text: str) -> dict[str, str]:
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


def number_in(text: str) -> tuple[str, str]:
    """The number a text begins with, and what follows it; '' and the whole text when it begins otherwise."""
    found = _LEAD.match(text)
    if found is None:
        return "", text
    return number_of(found), text[found.end() :].strip()


def number_of(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", f"SA{found[1]}-{found[2]}")


def named_in(text: str) -> str:
    """The number a text names, however it was typed; the whole text, without gaps, when it names none."""
    found = NUMBER.search(text)
    return number_of(found) if found else re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
