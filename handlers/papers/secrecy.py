"""Whoever handed a submission in stands in no paper (Food Safety Law, Art. 115; Order 121, Art. 37)."""

import re

from storage.engine.database import Tx
from storage.submissions import identity as identities
from storage.submissions.submission import Kind, Submission

LEAST = 2
"""Characters: a single one would be found everywhere."""
MARKS = {Kind.REPORT: "〔举报人信息〕", Kind.COMPLAINT: "〔投诉人信息〕"}
_DIGITS = re.compile(r"\+?\d[\d\s-]{5,}\d")


def hidden(tx: Tx, found: Submission, text: str) -> str:
    """The text with a mark for each word that would name the person.

    What a complainant's words have in common with the shop's name and place stays: the dispute is with that shop.
    """
    words = [word for word in identities.words(tx, found.id) if len(word) >= LEAST]
    if found.kind is Kind.COMPLAINT:
        words = [word for word in words if word not in f"{found.merchant}\n{found.address}"]
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(_spelt(word), MARKS[found.kind], text, flags=re.IGNORECASE)
    return text


def _spelt(word: str) -> str:
    """A number whatever stands between its digits, anything else as it is."""
    if _DIGITS.fullmatch(word):
        return r"[\s-]*".join(sign for sign in word if sign.isdigit())
    return re.escape(word)
