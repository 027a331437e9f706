"""What is read from an answer: a name, a telephone, a place, a shop, yes or no, or words as they stand.

A reader makes answers of what was said, or gives None when it is no such thing. Refusals, questions and the like are
taken out before (`sayings`): a reader need not know them.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from content.submissions import categories
from content.understanding.phrases import PHRASES
from content.understanding.recognition import NAMES
from handlers.chat.dialogue import Answers, Said
from handlers.understanding.phrases import meant
from handlers.understanding.recognition import Recognition

Reader = Callable[[Said], Answers | None]

SHOP_LIMIT, PLACE_LIMIT, NAME_LIMIT = 40, 120, 20
"""Characters. A longer answer tells a story."""
KINDS = NAMES["kinds"]
"""What the names of businesses end with."""
ASIDE = 2
"""Characters that may stand behind a person's name: 女."""
SHORT_NAME = 4
"""Characters that are a name whatever they seem to tell."""
_GIVEN = r"(?:(?![的了吗呢吧啊不没我你他她它们这那哪啥怎])[\u4e00-\u9fff])"
_PLACES = re.compile(
    "[路街巷道村镇乡口号楼区店场市桥里院屯庄寨沟旁边附近对面门东西南北院厂局站馆堂坊园山河塘岭坡湾苑寺庙]|学校|小区|广场|工地|宿舍|大学|医院|[上里头]$"
    "|网|淘宝|拼多多|抖音|快手|美团|饿了么|京东|微信|直播|群里|朋友圈"
)
_BARE = re.compile(f"{_GIVEN}{{2,5}}")
"""A name that may be one of a place: short, and without a word that only sentences have."""
_LIES = re.compile("^(?:就|就是)?(?:在|位于)|(?:门口|旁边|对面|附近|路口|隔壁|边上|跟前)(?:那|那儿|那里|那个地方)?$")
"""How people say where a shop is that has no name."""
_CALLED = re.compile(r"(?:^|[,，。\s上里])(?:名字|店名|招牌)?(?:就?叫做?|名叫)([^,，。\s]{2,20})$")
_CLAUSE = re.compile(r"[\s,，。;；!！]+")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86|0086)?(1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7})(?!\d)",
)
_CARD = re.compile(r"[,，;；\s]*(?:身份证(?:号码?)?(?:是|为)?[:：\s]*)?(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_LISTED = re.compile(r"(?:我?选|第|序号)*([1-9一二三四五六七八九])(?:个|类|项|种|条|号)?(?:吧)?")
_APART = re.compile(r"[\s\-—–‐.·()]+")
_LED = re.compile(
    r"^(?:我姓.[,，。\s]*|(?:大家|别人|他们|人家|都)*叫我|[我俺]的?(?:姓名|名字|电话|手机号?)?|本人|姓名|名字|电话|手机号?码?|联系电话)?(?:就?叫做?|就?是|为)?[:,，\s]*"
)
_AGENT = re.compile(r"^(?:代理?|替|帮)\s*(.+)$", re.S)
_ASKED_FOR = re.compile("(?:来|提|做)?(?:投诉|投|问|反映|弄|写|填)的?$")
_SURNAMES = "".join((*NAMES["surnames"], *PHRASES.surnames))
_DOUBLE = "|".join(PHRASES.double_surnames)
_PERSON = re.compile(
    rf"(?:(?:{_DOUBLE}){_GIVEN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}}|[{_SURNAMES}](?:某某?|姓)"
    rf"|(?:老|小|阿|大)[{_SURNAMES}]|阿{_GIVEN}|[{_SURNAMES}]{_GIVEN}{{0,2}}(?:先生|女士|小姐|师傅|大爷|大妈|大娘|阿姨|老师|同志|哥|姐)"
    rf"|姓[{_SURNAMES}]"
    r"|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|[A-Za-z]{2,}(?:[ .·][A-Za-z]+)*)(?:吧|就行|就好|就可以)?"
)
_WHOLE_NAME = re.compile(rf"(?:{_DOUBLE}|[{_SURNAMES}]){_GIVEN}{{1,2}}")


def plain(text: str) -> str:
    """Half-width, without the brackets that the account puts around its words."""
    return unicodedata.normalize("NFKC", text).strip(" \t\n。.!,;、【】[]「」“”\"'")


def telephone_in(text: str) -> str:
    """The telephone in a text, as digits: 11 of a mobile, a landline with or without its area code; '' without one."""
    found = _PHONE.search(_APART.sub("", unicodedata.normalize("NFKC", text)))
    return found[1] if found else ""


def is_number(text: str) -> bool:
    """Whether it is nothing but digits, as a telephone or an identity number."""
    return bool(re.fullmatch(r"\+?\d{5,}[Xx]?", _APART.sub("", plain(text))))


def tells(found: Recognition) -> bool:
    """Whether words tell what happened, and name neither a shop nor a place."""
    return found.intent in ("report", "complaint", "emergency") and not found.merchant and not found.place


def clauses(text: str) -> list[str]:
    """What stands between marks and spaces."""
    return [clause for clause in _CLAUSE.split(text) if clause]


def _admits(text: str) -> bool:
    """Whether somebody says besides that they do not know."""
    return any("unknown" in meant(clause) for clause in clauses(text))


def words(name: str) -> Reader:
    """Words as they stand."""
    return lambda said: {name: said.text} if said.text else None


def shop(said: Said) -> Answers | None:
    """What a business is called; with its place where that was said along."""
    text = said.text
    if not text or len(text) > SHOP_LIMIT or "\n" in text or is_number(text):
        return None
    found = said.found
    if called := _CALLED.search(text):
        return {"merchant": called[1]}
    if _LIES.search(text) and not (found and found.merchant):
        return {"address": text}
    if found is None or found.merchant == text:
        return {"merchant": text}
    if found.merchant and found.place:
        return {"merchant": found.merchant, "address": found.place}
    if not found.merchant and found.place and (found.place == text or _admits(text)):
        return {"address": found.place} | ({"merchant": ""} if _admits(text) else {})
    return None if tells(found) and len(text) > SHORT_NAME else {"merchant": text}


def place(said: Said) -> Answers | None:
    """A location, or words, which then stand without the map of a location sent before. A number is no address."""
    if said.place:
        return dict(said.place)
    if not said.text or len(said.text) > PLACE_LIMIT or not any(sign.isalpha() for sign in said.text):
        return None
    if not ((said.found and said.found.place) or _PLACES.search(said.text) or _BARE.fullmatch(said.text)):
        return None
    return {"address": said.text, "latitude": "", "longitude": ""}


def home(said: Said) -> Answers | None:
    """Where somebody can be written to."""
    if said.place:
        return {"contact_address": said.place["address"]}
    fits = 2 <= len(said.text) <= PLACE_LIMIT and not is_number(said.text) and not telephone_in(said.text)
    return {"contact_address": said.text} if fits else None


def person(said: Said) -> Answers | None:
    """A person's name, also behind a few words, with a telephone where it was said along. A sentence is no name.

    The number of an identity card, which nobody asks for, is kept nowhere.
    """
    told = plain(_CARD.sub(" ", said.text))
    phone = telephone_in(told)
    text = re.sub(r"[\d+\-\s:,，;；、]+", " ", told) if phone else told
    text = re.sub(r"(?:电话|手机号?码?|联系方式)(?:是|为)?", "", text).strip() if phone else text
    if len(text) > NAME_LIMIT:
        return None
    first, *more = clauses(text) or [""]
    for part in (text, *more[-1:], first if len("".join(more)) <= ASIDE else ""):
        if _PERSON.fullmatch(name := _LED.sub("", part).strip()):
            return {"name": re.sub("(?:吧|就行|就好|就可以)$", "", name)} | ({"phone": phone} if phone else {})
    return None


def is_name(text: str) -> bool:
    """Whether it is a Chinese name with its surname, and nothing more."""
    return _WHOLE_NAME.fullmatch(plain(text)) is not None


def complainant(said: Said) -> Answers | None:
    """Their name; ``代 张三`` is an agent's way to say for whom, with or without the agent's own name behind it."""
    agent = _AGENT.match(said.text)
    if agent is None:
        return person(said)
    whom, _, own = agent[1].strip().replace("，", " ").partition(" ")
    return {"principal": _ASKED_FOR.sub("", whom)} | (person(replace(said, text=own.strip())) or {})


def telephone(said: Said) -> Answers | None:
    """A telephone, as it was written when it is nothing else."""
    digits = telephone_in(said.text)
    return {"phone": said.text if is_number(said.text) else digits} if digits else None


def category(said: Said) -> Answers | None:
    """A listed number, a category's name, or words from which it can be guessed, which are kept as said."""
    codes = list(categories.CATEGORIES)
    text = plain(said.text)
    if listed := _LISTED.fullmatch(text):
        text = str("一二三四五六七八九".find(listed[1]) + 1 or listed[1])
    if text.isdecimal():
        return {"category": codes[int(text) - 1]} if 1 <= int(text) <= len(codes) else None
    named = next((code for code in codes if text and text in (code, categories.label(code))), None)
    if named or not text:
        return {"category": named} if named else None
    if said.found is not None and said.found.merchant == text:
        return {"category": "", "merchant": text}
    return {"category": categories.guess(text) or "", "problem": said.text}


def phrase(name: str, answer: Answers) -> Reader:
    """The answer that one of the phrases stands for."""
    return lambda said: answer if name in said.meant else None


def yes_or_no(said: Said) -> Answers | None:
    return {"yes": "no" if "no" in said.meant else "yes"} if said.meant & {"yes", "no"} else None
