"""How a word is meant: as it stands, denied (没有中毒), or only supposed (如果中毒了)."""

import re

from handlers.lexicon import Mention

WINDOW = 12
"""Characters before and after a word that decide how it is meant."""
_DENIAL = re.compile(
    r"(?:(?<!有)没有|(?<![有没])没|并没|并未|未|无|不是|并非|不算|不|别|否认)"
    r"(?:人|谁|任何|什么|啥|出现|发生|发现|明显|过|感觉|感到|觉得|再|一个|至于|会|到|算)*$"
)
_DENIAL_BEHIND = re.compile(
    r"(?:过|了|的|倒|是|都|这|种|现象|情况|症状|问题)*(?:倒|是|都|也)?(?<!有)没有(?![^,。!?;]{0,2}人管)"
)
_SUPPOSITION = re.compile(
    r"(?:如果|要是|假如|假设|万一|倘若|若是|假使|一旦|比如|譬如)[^。!?;\n]*$"
    r"|(?:会不会|怕|怕是|担心|以免|免得|避免|防止|预防|当心|小心|容易|可能会|能不能|是否会|会导致|会引起|会造成)[^,。!?;\n]{0,4}$"
)


def denied(text: str, mention: Mention) -> bool:
    """Whether a denial stands right before or behind the word."""
    before = text[max(0, mention.start - WINDOW) : mention.start]
    return bool(_DENIAL.search(before) or _DENIAL_BEHIND.match(text[mention.end : mention.end + WINDOW]))


def supposed(text: str, mention: Mention) -> bool:
    """Whether the word follows an if of the same sentence, or a fear."""
    return bool(_SUPPOSITION.search(text[max(0, mention.start - 4 * WINDOW) : mention.start]))


def of(text: str, mention: Mention) -> str:
    """``""``, ``:denied`` or ``:supposed``."""
    if supposed(text, mention):
        return ":supposed"
    return ":denied" if denied(text, mention) else ""
