"""Numbers that identify a person are taken out of free text before it is stored in plain."""

import re
from dataclasses import dataclass

_DIGIT = "[0-9０-９]"
_MOBILE = rf"(?<!{_DIGIT})[1１][3-9３-９]{_DIGIT}(?:[ \-－]?{_DIGIT}{{4}}){{2}}(?!{_DIGIT})"
_LANDLINE = rf"(?<!{_DIGIT})[0０]{_DIGIT}{{2,3}}[ \-－]?{_DIGIT}{{7,8}}(?!{_DIGIT})"
# GB 11643: region, date of birth, sequence, check digit.
_CITIZEN = r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
_PERSONAL = re.compile(f"{_CITIZEN}|{_MOBILE}|{_LANDLINE}")


@dataclass(frozen=True)
class Masked:
    """A text with its numbers masked (``138****5678``), and the numbers that stood there."""

    text: str
    numbers: tuple[str, ...]


def mask(text: str) -> Masked:
    """Mask telephone and identity numbers; all else stays as it was sent."""
    found: list[str] = []

    def cover(match: re.Match[str]) -> str:
        found.append(match[0])
        return f"{match[0][:3]}****{match[0][-4:]}"

    return Masked(_PERSONAL.sub(cover, text), tuple(found))
