"""The demo's registers are as real ones are, and their stories can be looked up."""

from bot.demo import registers
from bot.demo.registers import BUSINESSES, code_of
from handlers.registers import credit_codes


def test_codes_are_right_and_none_is_twice():
    made = [code for place in range(len(BUSINESSES)) if (code := code_of(place))]
    assert [credit_codes.fault(code) for code in made] == [""] * len(made)
    assert len(set(made)) == len(made) > 30


def test_the_stories_can_be_looked_up(service, phone):
    service.db.write(lambda tx: registers.fill(tx, service.office))
    told = phone.say("查 老王熟食店")
    assert "经营超过保质期的食品" in told
    assert "未查验供货者许可证" not in told
    assert "标签" not in told
    assert "严重违法失信名单】" in phone.say("查 豆小满豆制品厂")
    assert "严重违法失信名单】" not in phone.say("查 百岁坊保健食品商行")
    assert "是不是" in phone.say("查 老王")


def test_filling_twice_changes_nothing(service):
    for _ in range(2):
        service.db.write(lambda tx: registers.fill(tx, service.office))
    with service.db.read() as tx:
        assert tx.value("select count(*) from business") == len(BUSINESSES)
        assert tx.value("select count(*) from penalty") == len(registers.PENALTIES)
