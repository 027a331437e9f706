"""A talk that becomes the other kind in plain words: 不要钱了，就举报他; 改成投诉; 我要他赔钱."""

import re

from content.understanding.sentences import Name
from handlers.chat import readers
from handlers.understanding import sentences

KINDS: tuple[Name, ...] = ("report", "complaint")
SHORT = 20
"""Characters. Who writes more tells something."""


def wanted(text: str) -> str:
    """The kind that somebody wants instead, in so many words or in a clause of them; '' when they do not say so."""
    plain = re.sub(r"[\s,，。!！、]+", "", text)
    if len(plain) > SHORT:
        return ""
    said = (plain, *readers.clauses(text))
    return next((kind for one in said for kind in KINDS if sentences.READER.says(one, kind)), "")


def besides(text: str) -> int:
    """How many characters somebody who wants the other kind says beside it."""
    return sum(len(clause) for clause in readers.clauses(text) if not wanted(clause))
