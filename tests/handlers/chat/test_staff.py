"""绑定 and 解绑 by chat, through the real webhook."""

import pytest

from handlers.chat.staff import TRIES
from handlers.people import binding
from storage import audit
from storage.people import contact
from storage.people.staff import Role


@pytest.fixture
def code(service, hire):
    """A fresh code for an account."""
    hire("wang", Role.INTAKE)
    hire("li", Role.OFFICER)
    return lambda name="wang": service.db.write(lambda tx: binding.offer(tx, name))


@pytest.fixture
def bound(ask):
    return lambda: set(ask(contact.bindings))


@pytest.mark.parametrize("form", ["绑定 {}", "绑定{}", "绑定：{}。", " 绑定　{} ", "绑定“{}”"])
def test_a_code_binds_and_the_name_is_shown_back(phone, code, bound, form):
    assert "wang" in phone.say(form.format(code()))
    assert bound() == {"wang"}


def test_small_and_full_width_letters_are_the_same(phone, code, bound):
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code().lower())
    assert "wang" in phone.say(f"绑定 {wide}")
    assert bound() == {"wang"}


def test_it_goes_between_the_questions_of_a_talk(phone, code, bound):
    asked = phone.say("举报")
    phone.say(f"绑定 {code()}")
    assert bound() == {"wang"}
    assert asked.splitlines()[-1] in phone.say("举报")


def test_a_code_that_is_old_used_or_made_up_binds_nobody(phone, other_phone, code, bound, clock):
    old = code()
    clock.advance(minutes=10)
    used = code("li")
    other_phone.say(f"绑定 {used}")
    for wrong in (old, used, "ABCD2345"):
        assert "绑定码不对" in phone.say(f"绑定 {wrong}")
    assert bound() == {"li"}


def test_after_five_wrong_codes_a_sender_is_not_listened_to_for_an_hour_and_others_are(
    phone, other_phone, code, bound, clock
):
    for _ in range(TRIES):
        phone.say("绑定 AAAAAAAA")
    right = code()
    assert "次数太多" in phone.say(f"绑定 {right}")
    assert bound() == set()
    assert "wang" in other_phone.say(f"绑定 {right}")
    clock.advance(hours=1)
    assert "li" in phone.say(f"绑定 {code('li')}")


@pytest.mark.parametrize("text", ["绑定", "绑定手机怎么弄", "解绑", "店里绑定 会员卡才打折"])
def test_other_words_of_other_people_are_ordinary_text(phone, code, text):
    assert "绑定成功" not in (reply := phone.say(text))
    assert "工作台" not in reply


def test_untying_forgets_the_wechat(phone, code, bound):
    phone.say(f"绑定 {code()}")
    assert "wang" in phone.say("解绑")
    assert bound() == set()
    assert "wang" not in phone.say("解绑")


def test_unfollowing_forgets_it_too(phone, code, bound):
    phone.say(f"绑定 {code()}")
    phone.event("unsubscribe")
    assert bound() == set()


def test_the_audit_chain_names_the_account_and_neither_code_nor_openid(phone, code, ask):
    one = code()
    phone.say(f"绑定 {one}")
    phone.say("解绑")
    rows = [row for row in ask(lambda tx: list(audit.rows(tx))) if row.action.startswith("wechat")]
    assert [(row.action, row.actor) for row in rows] == [
        ("wechat_code", "wang"),
        ("wechat_bind", "wang"),
        ("wechat_unbind", "wang"),
    ]
    assert one not in str(rows)
    assert phone.openid not in str(rows)
