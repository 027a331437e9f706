"""The longest facts that are likely in a county, by which the length of every text is measured."""

from types import SimpleNamespace
from typing import Any

from content.replies.facts import FACTS
from content.submissions.remedies import REMEDIES
from content.templates import Fact

SHOP = "新密市青屏街道好又多生活超市有限公司东大街分公司"
PLACE = "新密市青屏街道办事处青屏大街与溱水路交叉口向北120米路东3号楼1层101号"
NUMBER = "SA20261126-0001"
PAGE = "https://shianshao.example.gov.cn/receipts/" + "x" * 24
STORY = "在店里买的卤肉已经发臭，回家才看出来标签上的日期被涂改过，找他退钱他还骂人，旁边好几个人都看见了"
VALUES: dict[str, str] = {
    "address": PLACE,
    "amount": "50000",
    "at": "2026-11-26 10:00",
    "back": "10月8日（周四）09:00",
    "basis": "《市场监督管理投诉举报处理办法》第二十三条",
    "base_url": "https://shianshao.example.gov.cn",
    "by": "新密市市场监督管理局",
    "call": "120",
    "category": "农村假冒伪劣食品",
    "code": "91410183MA3X1A2B3C",
    "consent": PAGE.replace("receipts", "notify"),
    "contact_address": PLACE,
    "content": "没收违法所得1200元，罚款50000元",
    "day": "2026-11-26",
    "demand": "退货款50元并赔偿1000元",
    "discipline_phone": "12388",
    "disputed": "2026-11-26",
    "document": "新密市监处罚〔2026〕128号",
    "due": "法定期限：2026-12-17 前核查并决定是否立案（暂估）\n依据：总局令第121号第三十条，15个工作日内",
    "expires": "2027-01-26",
    "external_at": "2026-11-26",
    "external_number": "1410183002026112600000001",
    "fault": "第18位校验码不对",
    "food": "1",
    "happened": "昨天下午",
    "hours": "工作日9:00—12:00、13:00—17:00",
    "kind": "举报",
    "label": "农村假冒伪劣食品",
    "link": PAGE,
    "merchant": SHOP,
    "minutes": "10",
    "more": "12",
    "most": "20",
    "name": SHOP,
    "next": "工作人员核查，十五个工作日内决定是否立案",
    "note": STORY,
    "number": NUMBER,
    "office": "新密市市场监督管理局",
    "on": "1",
    "phone": "138****5678",
    "picture_minutes": "10",
    "place": PLACE,
    "principal": "李大娘",
    "problem": STORY,
    "reason": "国庆节",
    "receipt": PAGE,
    "received": "2026-11-26 10:00",
    "region": "新密市",
    "stage": "已转给承办单位核查",
    "state": "等待审定",
    "status": "存续（在营、开业、在册）",
    "text": "申请行政复议：自知道该行政行为之日起60日内，向本级人民政府提出。",
    "time": "11月26日10:20",
    "title": "关于对新密市好又多生活超市经营过期食品案的曝光",
    "today": "2026-11-26",
    "topic": "农村假冒伪劣食品",
    "township": "青屏街道",
    "updated": "2026-11-25",
    "violation": "经营超过保质期的食品、标签不符合规定的食品",
}
OWN: dict[str, dict[str, str]] = {
    "office": {"name": "新密市市场监督管理局"},
    "step": {"label": "联系地址", "name": "contact_address"},
    "topic": {"label": "举报和投诉", "name": "both"},
    "verb": {"word": "补充", "name": "add_words"},
    # A case in a list is told with the beginning of its shop's name.
    "case": {"merchant": SHOP[:12]},
}
"""What a fact is otherwise than its name says."""
MANY = {"articles": 3, "near": 3, "choices": 3, "cases": 8, "categories": 7, "townships": 17, "remedies": len(REMEDIES)}
"""How many there may be of what is listed; else two."""


def longest(name: str, **given: object) -> dict[str, Any]:
    """The facts of a text at their longest, but for those that are given."""
    return {fact: _value(fact, what) for fact, what in FACTS[name].items()} | given


def _value(name: str, fact: Fact) -> Any:
    if isinstance(fact, list):
        return [_value(name.removesuffix("s"), fact[0])] * MANY.get(name, 2)
    if not fact:
        return VALUES.get(name, "2")
    values = {part: _value(part, what) for part, what in fact.items()} | OWN.get(name, {})
    return values if name in ("answers", "links") else SimpleNamespace(**values)
