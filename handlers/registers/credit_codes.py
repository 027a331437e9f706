"""The unified social credit code (统一社会信用代码, GB 32100-2015): what is wrong with one."""

import re
import unicodedata

from stdnum.cn import uscc

LENGTH = 18
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The standard leaves out I, O, S, V and Z, which are taken for 1, 0, 5, U and 2."""
OFFICES = "123456789ANY"
"""The first sign: who registers (登记管理部门, GB 32100-2015 and its amendment of 2020)."""
_APART = re.compile(r"[\s\-—–_.·]+")
_LIKE_A_CODE = re.compile(r"(?=(?:\D*\d){8})[0-9A-Z]{10,}")


def plain(typed: str) -> str:
    """A code as the standard writes it: half-width, capital, without what people put between."""
    return _APART.sub("", unicodedata.normalize("NFKC", typed)).upper()


def looks_like_code(typed: str) -> bool:
    """Whether somebody who typed this means a code, right or wrong, and no name."""
    return _LIKE_A_CODE.fullmatch(plain(typed)) is not None


def fault(code: str) -> str:
    """Why a plain code is wrong, in Chinese; '' for a right one."""
    if len(code) != LENGTH:
        return f"统一社会信用代码应为{LENGTH}位，这里是{len(code)}位"
    wrong = next(((place, letter) for place, letter in enumerate(code, start=1) if letter not in LETTERS), None)
    if wrong:
        return f"第{wrong[0]}位“{wrong[1]}”不会出现在统一社会信用代码里（没有字母I、O、S、V、Z）"
    if code[0] not in OFFICES:
        return f"第1位“{code[0]}”不是登记管理部门的代码"
    if not code[2:8].isdecimal():
        return "第3至8位是登记机关行政区划，应为6个数字"
    if code[-1] != check_letter(code):
        return "最后一位校验码对不上，可能有一位写错了"
    return ""


def check_letter(code: str) -> str:
    """The eighteenth character that the first seventeen ask for."""
    return str(uscc.calc_check_digit(code[: LENGTH - 1]))
