"""Whose name stands in a message (商户名称), and where, what and when, each as written."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from content.recognition import CONCEPTS, NAMES
from handlers import placing
from handlers.lexicon import Lexicon
from handlers.placing import BREAK, Span, either
from handlers.plain import fold


class Names(NamedTuple):
    """Each a part of the text, "" when none is told."""

    merchant: str
    place: str
    product: str
    when: str


class _Candidate(NamedTuple):
    worth: int
    start: int
    end: int


LONGEST = 10
"""Characters of a proper name before its kind."""
_KINDS = Lexicon({name: NAMES[name] for name in ("kinds", "dishes", "chains")})
_COMMON = Lexicon({"common": {word for one in CONCEPTS.values() for word in one.words if word.isalpha() and len(word) > 1}})
_BREAK = re.compile(BREAK)
_EDGE = re.compile(f"(?={either('before')})")
_BEFORE = sorted(NAMES["before"], key=len, reverse=True)
_NEVER = re.compile(either("never"))
_GENERIC = frozenset(NAMES["generic"])
_COUNTED = re.compile(r"[一二两三四五六七八九十几半数0-9]+[碗份盒袋瓶斤箱个只条块串盘包桶罐杯件家张次名位所]|[0-9]")
_WHOLE = re.compile("(?:店|超市|馆|楼|公司|厂|部|坊|院|校|园|中心|场|城|行|铺|社|站|房)$")
_OF_SCHOOL = re.compile("食堂|直播间|旗舰店|专卖店")
_NAMED = re.compile(rf"(?:店名|名字|名|店)(?:叫做|叫|是|为|:)+[“\"「]?([^\s,。!?;、”\"」]{{2,12}}?)(?={BREAK}|的|$)")
_TAILED = re.compile(f"[\u4e00-\u9fff]{{1,5}}?{either('tails')}(?={either('behind')}|{BREAK}|$)")
_BARE = re.compile(f"[\u4e00-\u9fff]{{2,5}}?(?={either('behind')})")
_HOST = re.compile("(?:那个主播|主播|网红|抖音上的|抖音上|快手上的|快手上|抖音|同行)$")
_WHEN = re.compile(
    r"(?:[0-9一二三四五六七八九十]+年)?[0-9一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}[号日]|初|底|份)?|[0-9]{1,2}[号日](?!楼)|"
    r"(?:大前|前|昨|今)(?:天|日|晚|夜|早)(?:早上|上午|中午|下午|晚上|傍晚|夜里)?|(?:上|这|本)(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]?|"
    r"(?:上|这|本)个?月|前几天|前两天|去年|前年|刚才|刚刚|[0-9一二两三四五六七八九十几半]+(?:个)?(?:小时|分钟|天|周|星期|月)前|"
    r"(?:今|昨|夜)儿个?|早上|上午|中午|晌午|下午|后晌|晚上|端午|中秋|国庆|五一|春节|元旦"
)
_PRODUCT = re.compile(
    r"(?:买了|买的|卖的|吃了|吃的|喝了|喝的|点了|点的|订的|订了|买到|购买|购得|吃|喝)"
    r"(?:[一二两三四五六七八九十几半0-9]+[碗份盒袋瓶斤箱个只条块串盘包桶罐杯件])?([\u4e00-\u9fff]{2,8}?)"
    r"(?=[,。!?;、\s]|里|是|有|都|过期|发霉|坏|馊|臭|不|没|打开|已经|上|拉|吐|后|之后|以后|,|$)"
)


def find(text: str) -> Names:
    """The names of a message; the merchant is a proper name, never 一家饭店 or 楼下超市."""
    folded = fold(text)
    places = placing.spans(folded)
    candidates = [*_labelled(folded), *_of_a_kind(folded, places), *_without_kind(folded, places)]
    best = max(candidates, key=lambda one: (one.worth, -one.start), default=_Candidate(0, 0, 0))
    place = next((span for span in places if not best.start <= span.start < best.end), Span(0, 0))
    when, product = _WHEN.search(folded), _PRODUCT.search(folded)
    return Names(
        text[best.start : best.end],
        text[place.start : place.end],
        text[slice(*product.span(1))] if product else "",
        text[slice(*when.span())] if when else "",
    )


def _labelled(text: str) -> Iterator[_Candidate]:
    """店名叫老王熟食: whoever says so knows."""
    for found in _NAMED.finditer(text):
        if not _NEVER.search(found[1]):
            yield _Candidate(9, *found.span(1))


def _of_a_kind(text: str, places: list[Span]) -> Iterator[_Candidate]:
    """Names that end with what the business is, and chains, which need no more."""
    mentions = _KINDS.mentions(text)
    for mention in mentions:
        end = _extended(text, mention.start, mention.end)
        if mention.name == "chains":
            yield _Candidate(6, mention.start, end)
            continue
        start = _left(text, mention.start, places)
        if start is not None:
            dish = mention.name == "dishes" and end == mention.end
            if not dish or mention.start - start > 1:
                yield _Candidate(4 if dish else 5, start, end)


def _extended(text: str, start: int, end: int) -> int:
    """Where the name ends when more kinds follow: 羊肉烩面 + 馆, 学校 + 食堂."""
    for more in _KINDS.mentions(text[start : end + 8]):
        begins, ends = start + more.start, start + more.end
        if ends <= end or more.name != "kinds":
            continue
        if begins < end or (begins == end and (not _WHOLE.search(text[start:end]) or _OF_SCHOOL.match(more.word))):
            end = ends
    return end


def _left(text: str, kind: int, places: list[Span]) -> int | None:
    """Where the proper name before the kind begins: as far left as it is still a name."""
    begin = _hard_edge(text, kind, places)
    soft = {begin + edge.start() for edge in _EDGE.finditer(text[begin:kind])}
    edges = {begin, *(place + len(word) for place in soft for word in _BEFORE if text.startswith(word, place))}
    for edge in sorted(edges):
        if edge < kind and _is_name(text[edge:kind]):
            return edge
    return None


def _hard_edge(text: str, kind: int, places: list[Span]) -> int:
    first = max(0, kind - LONGEST)
    breaks = [first + one.end() for one in _BREAK.finditer(text[first:kind])]
    return max([first, *breaks, *(place.end for place in places if first <= place.end < kind)])


def _is_name(core: str) -> bool:
    return not (core in _GENERIC or _NEVER.search(core) or _COUNTED.match(core) or _made_of_generic(core))


def _made_of_generic(core: str) -> bool:
    return any(core[:i] in _GENERIC and core[i:] in _GENERIC for i in range(1, len(core)))


def _without_kind(text: str, places: list[Span]) -> Iterator[_Candidate]:
    """福满楼后厨, 味多美订的: at the beginning, behind a place, or where somebody eats and buys."""
    starts = {0, *(place.end for place in places)}
    starts |= {one.end() for one in re.finditer(f"{BREAK}|举报|投诉|在|吃了|喝了|隔壁|那个", text)}
    for start in sorted(starts):
        if (tailed := _TAILED.match(text, start)) and _is_name(tailed[0]) and not _common(tailed[0]):
            yield _Candidate(3, *tailed.span())
        host = _HOST.search(text[max(0, start - 6) : start])
        if (start == 0 or host) and (bare := _BARE.match(text, start)) and _is_name(bare[0]) and not _common(bare[0]):
            yield _Candidate(2 if host else 1, *bare.span())


def _common(name: str) -> bool:
    return bool(_COMMON.mentions(name))
