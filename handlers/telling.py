"""What was bought or eaten, and when, as written."""

import re

_NUMBER = "[0-9一二三四五六七八九十]"
_WHEN = re.compile(
    rf"(?:{_NUMBER}{{2,4}}年)?{_NUMBER}{{1,3}}月(?:{_NUMBER}{{1,3}}[号日]|初|底|份)?"
    r"|[0-9]{1,2}[号日](?!楼)"
    r"|(?:大前|前|昨|今|当)(?:天|日|晚|夜|早)(?:早上|上午|中午|下午|晚上|傍晚|夜里)?"
    r"|(?:上|这|本)个?(?:周|星期|礼拜)[一二三四五六日天末]?|(?:上|这|本)个?月"
    r"|前几天|前两天|去年|前年|刚才|刚刚|[0-9一二两三四五六七八九十几半]+个?(?:小时|分钟|天|周|星期|月)前"
    r"|[今昨夜]儿个?|早上|上午|中午|晌午|下午|后晌|晚上|端午|中秋|国庆|五一|春节|元旦"
)
_PRODUCT = re.compile(
    r"(?:买了|买的|买到|卖的|吃了|吃的|喝了|喝的|点了|点的|订的|订了|购买|购得|吃|喝)"
    r"(?:[一二两三四五六七八九十几半0-9]+[碗份盒袋瓶斤箱个只条块串盘包桶罐杯件])?([\u4e00-\u9fff]{2,8}?)"
    r"(?=[,。!?;、，！？；\s]|里|是|有|都|过期|发霉|坏|馊|臭|不|没|打开|已经|上|拉|吐|后|之后|以后|$)"
)


def when(text: str) -> str:
    """The first time that is told."""
    found = _WHEN.search(text)
    return found[0] if found else ""


def product(text: str) -> str:
    """What follows a word for buying or eating."""
    found = _PRODUCT.search(text)
    return found[1] if found else ""
