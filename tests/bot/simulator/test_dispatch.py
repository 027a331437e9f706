"""One call: its fault if one was scripted, its checks, its record."""

from bot.simulator import Fault


def test_code_instead_of_deed_then_all_is_well(platform, api):
    platform.script("cgi-bin/tags/create", Fault(errcode=-1), Fault(errcode=45011))
    answers = [api.post("tags/create", {"tag": {"name": "甲"}}) for _ in range(3)]
    assert [answer["errcode"] for answer in answers] == [-1, 45011, 0]
    assert [call.outcome["errcode"] for call in platform.calls[-3:]] == [-1, 45011, 0]
    assert platform.calls[-1].body == {"tag": {"name": "甲"}}
