"""A correction in plain words (不对，是青屏大街14号): which answer is meant, and what it becomes."""

import re
from collections.abc import Sequence

from handlers.chat import readers
from handlers.chat.dialogue import Answers, Said, Step, open_step

_NAMES = {
    "merchant": "店名|店铺名|店铺|商家|招牌|店的名字|店",
    "address": "店铺地址|地址|位置|地点|地方|门牌号?",
    "contact_address": "联系地址|我的地址|通讯地址|我家地址",
    "phone": "联系电话|电话号码|手机号码?|电话|手机|号码",
    "name": "姓名|我的名字|我名字|名字",
    "demand": "诉求|要求",
    "happened": "时间|日期",
    "problem": "问题|情况",
}
_ALL = "|".join(sorted("|".join(_NAMES.values()).split("|"), key=lambda one: -len(one.rstrip("?"))))
_WRONG = "(?:(?:写|打|填|说|弄|搞|发|选)?错了?|不对)"
_LEAD = r"(?:不好意思|对不起|抱歉|哦|噢|啊|等等|等下|等一下|等会儿?|慢着|刚才|刚刚|前面|上面|上一条|[,，。\s])*"
_PATTERNS = tuple(
    re.compile(pattern, re.S)
    for pattern in (
        # 地址写错了，是14号 · 电话打错了 应该是139…
        rf"{_LEAD}(?P<name>{_ALL})(?:的)?{_WRONG}[,，。\s了]*(?:应该|其实)?(?:是|为|改成|改为|叫|在)?[:：\s]*(?P<value>.+)",
        # 写错了，店名是好又多 · 不对，地址是…
        rf"{_LEAD}(?:不对|{_WRONG}|更正|更正一下|改一下|纠正一下)[,，。!\s了啊]*(?P<name>{_ALL})(?:应该)?(?:是|为|改成|叫|在)[:：\s]*(?P<value>.+)",
        # 店名改成好又多 · 把电话换成139…
        rf"{_LEAD}(?:把|将)?(?P<name>{_ALL})(?:应该)?(?:改成|改为|换成|更正为|应该是|改一下)[:：,，\s]*(?P<value>.+)",
        # 地址就是青屏大街12号 · 店名叫好又多
        rf"{_LEAD}(?P<name>{_ALL})(?:的话)?(?:就|嘛)?(?:是|叫|在|为)[:：,，\s]*(?P<value>.+)",
        # 不是老王是老李 · 不是12号，是14号
        rf"{_LEAD}(?:不对[,，\s]*)?不是(?P<old>[^,，。\s]{{1,20}}?)[,，。\s]*(?<!不)(?:而)?(?:应该)?是(?P<value>.+)",
        # 不对，是好又多 · 写错了应该是14号 · 改成好又多
        rf"{_LEAD}(?:(?:不对|不是|{_WRONG}|更正)[,，。!\s了啊]*(?:应该|其实)?(?:是|叫|在|改成|为)|应该是|改成|改为|更正为?)[:：,，\s]*(?P<value>.+)",
    )
)
_PLAIN = re.compile(rf"{_LEAD}(?:{_WRONG}|(?:{_ALL})(?:的)?(?:{_WRONG}|改成|改为|换成))")
_HOUSE = re.compile(r"\d+号")


def read(steps: Sequence[Step], answers: Answers, said: Said, *, plain: bool) -> Answers | None:
    """The answers that a correction gives; None when it is none, or nothing that was asked before.

    Where people tell a story (`plain`) only what says that something was wrong, or names it, is one.
    """
    text = readers.plain(said.text)
    if plain and not _PLAIN.match(text):
        return None
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _PATTERNS)), None)
    if found is None:
        return None
    value = found["value"].strip(" ,，。的了啊")
    named = _meant(found.groupdict().get("name") or "")
    for step in _candidates(steps, answers, named, value):
        old = answers.get(step.name, "")
        new = _HOUSE.sub(value, old, count=1) if _HOUSE.fullmatch(value) and _HOUSE.search(old) else value
        known = step.read(Said(text=new))
        if known is not None:
            return known
    return None


def _meant(word: str) -> str:
    return next((name for name, words in _NAMES.items() if word and re.fullmatch(words, word)), "")


def _candidates(steps: Sequence[Step], answers: Answers, named: str, value: str) -> list[Step]:
    """The answer that is named; else the one that looks like the value, else the one given last."""
    by_name = {step.name: step for step in steps}
    if named:
        return [by_name[named]] if named in by_name else []
    if readers.telephone_in(value):
        return [by_name["phone"]] if answers.get("phone") else []
    current = open_step(steps, answers)
    before = steps[: steps.index(current)] if current else steps
    given = [step for step in reversed(before) if answers.get(step.name) and step.name not in ("category", "pictures")]
    alike = [step for step in given if _HOUSE.search(value) and _HOUSE.search(answers[step.name])]
    return (alike or given)[:1]
