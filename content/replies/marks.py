"""What stands in a chat text beside words: words to tap, links of our own; and what others wrote, made harmless.

WeChat shows ``<a href="weixin://bizmsgmenu?msgmenucontent=提交&msgmenuid=1">提交</a>`` in a text as a link that sends
the words as the person's own message, and any other ``<a href>`` as its words. A chat text is HTML as far as that goes.
Source: developers.weixin.qq.com, customer service messages (bizmsgmenu); tried by nobody here with a real account.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup

_TAP = re.compile(r'<a href="weixin://bizmsgmenu[^"]*">([^<]*)</a>')
_LINK = re.compile(r'<a href="[^"]*">[^<]*</a>')
_ADDRESS = re.compile(r"(?<=[A-Za-z0-9-])\.(?=[A-Za-z]{2,})")
"""The dot of a domain: WeChat makes a link of a bare one too."""


def tap(words: str) -> Markup:
    """Words that a tap sends."""
    return Markup(f'<a href="weixin://bizmsgmenu?msgmenucontent={words}&msgmenuid=1">{words}</a>')  # noqa: S704


def link(address: str, words: str) -> Markup:
    """An address of our own, shown as words."""
    return Markup(f'<a href="{address}">{words}</a>')  # noqa: S704


def ours(text: str) -> Markup:
    """What the account itself says: a text made by another reply, an address of its own."""
    return Markup(text)  # noqa: S704


def harmless(value: object) -> object:
    """What others wrote, as it may stand in a text: no tag begins there, and no address is one to tap."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _ADDRESS.sub("．", value.replace("<", "＜").replace("://", "：//"))


def oneline(value: str) -> str:
    """What others wrote, as one line among lines that say who to call and what to open."""
    return " ".join(value.split())


def links(text: str) -> Iterator[re.Match[str]]:
    """Where links and words to tap stand in a text."""
    return _LINK.finditer(text)


def untapped(text: str) -> str:
    """The same text with the words that would be tapped as words to type."""
    return _TAP.sub(r"“\1”", text)


def masked(phone: str | None) -> str:
    """A telephone for whoever gave it: enough to find a slip, too little for who reads over the shoulder."""
    digits = "".join(filter(str.isdigit, phone or ""))
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 7 else phone or ""
