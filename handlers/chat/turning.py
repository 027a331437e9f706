"""A talk that becomes the other kind in plain words: 不要钱了，就举报他; 改成投诉; 我要他赔钱."""

import re

from content.understanding.sentences import Name
from handlers.understanding import sentences

KINDS: tuple[Name, ...] = ("report", "complaint")
SHORT = 20
"""Characters. Who writes more tells something."""


def wanted(text: str) -> str:
    """The kind that somebody wants instead; '' when they do not say so."""
    plain = re.sub(r"[\s,，。!！、]+", "", text)
    if len(plain) > SHORT:
        return ""
    return next((kind for kind in KINDS if sentences.READER.says(plain, kind)), "")
