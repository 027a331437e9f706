"""Who left a talk is reminded once, and finds it again."""

from handlers.chat import reminding


def remind(service):
    service.db.write(lambda tx: reminding.remind(tx, service.office))


def test_an_unfinished_talk_is_reminded_of_once_and_taken_up_again(phone, service, clock, parcels, stored):
    for text in ("举报", "跳过", "老王熟食店"):
        phone.say(text)
    remind(service)
    assert parcels() == []
    clock.advance(hours=3)
    remind(service)
    remind(service)
    (notice,) = parcels()
    assert "老王熟食店" in notice.payload["text"]
    for text in ("继续", "青屏大街", "卖臭肉", "提交"):
        phone.say(text)
    assert stored()[0].merchant == "老王熟食店"


def test_fragments_that_nobody_went_on_with_are_not_lost(phone, service, clock, parcels, stored):
    phone.say("在东头夜市")
    clock.advance(hours=3)
    remind(service)
    assert len(parcels()) == 1
    for text in ("继续", "老王熟食店", "提交"):
        phone.say(text)
    assert "东头夜市" in stored()[0].description
