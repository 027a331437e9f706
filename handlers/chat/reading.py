"""How the words of an answer are read: the sets of words that mean yes, nothing or unknown, labels, numbers.

A whole report in one message is labelled: ``举报 店名：… 地址：… 问题：…``, the labels in any order.
"""

import re
import unicodedata
from collections.abc import Callable

from handlers.chat.dialogue import Answers, Said

NOTHING = {"没有", "无", "没", "不留", "匿名", "不实名", "没照片", "好了", "发完了", "完成", "下一步", "继续"}
UNKNOWN = {
    "不知道",
    "不清楚",
    "没有",
    "没",
    "无",
    "忘了",
    "忘记了",
    "没注意",
    "不记得",
    "不晓得",
    "不知道店名",
    "不知道地址",
}
AGREED = {"对", "对的", "是", "是的", "好", "好的", "可以", "确认", "没错", "没问题", "嗯", "行", "中", "ok", "OK"}
YES = {"是", "是的", "好", "好的", "对", "嗯", "确定", "要", "同意", "确认", "确认撤回"}
NO = {"否", "不", "不是", "不要", "不用", "算了", "先不"}
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


def text_as(name: str) -> Callable[[Said], Answers | None]:
    """Any text is the answer."""
    return lambda said: {name: said.text} if said.text else None


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
