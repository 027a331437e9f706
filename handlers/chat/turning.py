"""A talk that becomes the other kind in plain words: 不要钱了，就举报他; 改成投诉; 我要他赔钱."""

import re

_KINDS = {
    "report": re.compile(
        "(?:就|只|改|换|还是|直接|不要钱|不要赔|不用赔|不赔也行).{0,6}举报.{0,4}$"
        "|不(?:要|用|图)(?:钱|赔|赔偿|退).{0,8}(?:查|罚|举报|管管|处理|关门).{0,4}$"
    ),
    "complaint": re.compile(
        "(?:就|改|换|还是|直接).{0,6}投诉.{0,4}$"
        "|(?:我|俺)?(?:要|想)(?:让)?(?:他|她|店家|商家|老板)?(?:赔钱|赔偿|退钱|退款|赔我.{0,4}|退我.{0,4})(?:的|呢|吧)?$"
    ),
}
SHORT = 20
"""Characters. Who writes more tells something."""


def wanted(text: str) -> str:
    """The kind that somebody wants instead; '' when they do not say so."""
    plain = re.sub(r"[\s,，。!！、]+", "", text)
    if len(plain) > SHORT:
        return ""
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(plain)), "")
