"""Passwords that everybody guesses first: common words, walks over the keyboard, runs and years.

The dictionaries of the usual libraries weigh megabytes and know no pinyin; what counts here is what is left of a
password without its common pieces.
"""

import re

ORIGINAL = 5
"""Characters that must be left."""
PIECES = (
    *("password", "passwd", "passw", "pass", "admin", "administrator", "root", "user", "guest", "test", "login"),
    *("welcome", "letmein", "master", "monkey", "dragon", "football", "sunshine", "princess", "shadow", "secret"),
    *("iloveyou", "love", "hello", "super", "china", "beijing", "spring", "summer", "autumn", "winter", "changeme"),
    *("woaini", "aini", "zhangsan", "lisi", "wangwu", "mima", "guanliyuan", "shipin", "anquan", "shian", "jianguan"),
    *("shichang", "gongshang", "zhongguo", "xinmi", "zhengzhou", "henan", "nihao", "woaiwojia", "a1b2c3", "a1b2"),
    *("qwertyuiop", "qwerty", "qwer", "asdfghjkl", "asdfgh", "asdf", "zxcvbnm", "zxcvbn", "zxcv", "poiuy", "lkjh"),
    *("1qaz", "2wsx", "3edc", "4rfv", "qaz", "wsx", "edc", "rfv", "q1w2e3r4", "q1w2e3", "1q2w3e4r", "1q2w3e"),
    *("1314", "520", "5201314"),
)
_COMMON = re.compile("|".join(sorted(map(re.escape, PIECES), key=len, reverse=True)))
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOOKS_LIKE = str.maketrans("@430$!", "aaeosi")


def is_guessable(password: str) -> bool:
    """Whether too little of a password is its owner's own."""
    lower = password.lower()
    return any(len(_own(spelling)) < ORIGINAL for spelling in (lower, lower.translate(_LOOKS_LIKE)))


def _own(text: str) -> str:
    """The letters and digits that belong to no common piece, run or year."""
    bare = _without_runs(_YEAR.sub(" ", _COMMON.sub(" ", text)))
    return "".join(character for character in bare if character.isalnum())


def _without_runs(text: str) -> str:
    """The text without three or more characters that are the same, or follow each other up or down."""
    kept, run = "", text[:1]
    for before, after in zip(text, f"{text[1:]}\0", strict=True):
        step = ord(after) - ord(before)
        first = ord(run[1]) - ord(run[0]) if len(run) > 1 else step
        if step == first and abs(step) <= 1:
            run += after
        else:
            kept, run = kept + (run if len(run) < 3 else " "), after
    return kept
