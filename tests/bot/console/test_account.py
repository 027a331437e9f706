"""One's own account: what it tells, where it is signed in, and the code to bind a WeChat with."""

import re

from storage.people import contact
from storage.people.staff import Role

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
EDGE = f"{CHROME} Edg/140.0"


def test_one_sees_where_one_is_signed_in_and_signs_out_elsewhere(browser, li, audited):
    here, there = browser("203.0.113.7"), browser("203.0.113.8")
    for device, agent in ((here, CHROME), (there, EDGE)):
        device.client.environ_base["HTTP_USER_AGENT"] = agent
        device.sign_in(li)
    page = here.read("/account")
    for shown in ("203.0.113.7", "203.0.113.8", "Chrome（Windows）", "Edge（Windows）"):
        assert shown in page
    assert page.count("本机") == 1
    here.send("/account", "/sessions")
    assert there.get("/submissions").status_code == 302
    assert "203.0.113.8" not in here.read("/account")
    assert audited()[-1] == "sessions_ended"


def test_the_page_tells_ones_own_account(clerk):
    page = clerk.read("/account")
    for shown in ("li", "受理员", "修改密码", "我的微信", "未绑定"):
        assert shown in page


def test_a_code_is_shown_once_and_binds(signed_in, phone, service):
    clerk = signed_in("wang", Role.INTAKE)
    answer = clerk.send("/wechat", "/wechat")
    words = re.search(r'id="binding-code">([^<]+)<', answer.text)[1]
    assert re.fullmatch("绑定 [A-Z2-9]{8}", words)
    assert words not in clerk.read("/wechat")
    assert "wang" in phone.say(words)
    assert "已绑定" in clerk.read("/wechat")
    assert phone.openid not in clerk.read("/wechat")
    clerk.send("/wechat", "/release")
    with service.db.read() as tx:
        assert contact.bindings(tx) == {}
