"""Pictures, voice and video, before, after and between the words."""

from storage.people.staff import Role
from storage.submissions import evidence

WHOLE = "举报 店名：老王熟食店 地址：青屏大街 问题：卖过期卤肉"


def files(ask, made):
    return ask(lambda tx: evidence.of(tx, made.id))


def test_a_picture_alone_is_silent_and_one_summary_waits_for_the_burst(phone, parcels, clock):
    for i in range(3):
        assert phone.picture(f"m{i}") is None
    (summary,) = parcels()
    assert "3张照片" in summary.payload["text"]
    assert summary.due_at > clock.now.isoformat()[:19]


def test_each_file_is_fetched_by_the_courier(phone, parcels):
    phone.picture("m1")
    phone.send(MsgType="video", MediaId="m2", ThumbMediaId="t")
    assert [row.payload["media"] for row in parcels("media")] == ["m1", "m2"]


def test_pictures_before_the_words_join_them(phone, tip, ask):
    phone.picture("m1")
    phone.picture("m2")
    assert len(files(ask, tip())) == 2


def test_pictures_long_before_the_words_do_not(phone, tip, ask, clock):
    phone.picture("m1")
    clock.advance(minutes=11)
    assert files(ask, tip()) == []


def test_pictures_after_the_words_join_them_while_they_keep_coming(phone, tip, ask, clock):
    made = tip()
    for i in range(3):
        clock.advance(minutes=8)
        assert phone.picture(f"m{i}") is None
    assert len(files(ask, made)) == 3
    clock.advance(minutes=11)
    phone.picture("late")
    assert len(files(ask, made)) == 3


def test_somebody_elses_pictures_stay_theirs(other_phone, tip, ask):
    other_phone.picture("m1")
    assert files(ask, tip()) == []


def test_in_a_talk_the_picture_answers_the_question_for_pictures(phone):
    for text in ("举报", "跳过", "老王", "青屏大街", "臭"):
        phone.say(text)
    assert "姓名" in phone.picture("m1").splitlines()[-1]


def test_in_a_talk_at_another_question_it_is_kept_and_the_question_repeated_once(phone, parcels, stored, ask):
    phone.say("举报")
    assert phone.picture("m1") is None
    assert phone.picture("m2") is None
    (summary,) = parcels()
    assert "2张照片" in summary.payload["text"]
    assert "类别" in summary.payload["text"].splitlines()[-1]
    for text in ("跳过", "老王", "青屏大街", "臭", "提交"):
        phone.say(text)
    assert len(files(ask, stored()[0])) == 2


def test_a_voice_note_answers_what_happened(phone, stored, ask):
    for text in ("举报", "跳过", "老王", "青屏大街"):
        phone.say(text)
    assert "照片" in phone.send(MsgType="voice", MediaId="v1", Format="amr").splitlines()[-1]
    phone.say("提交")
    assert "语音" in stored()[0].description
    assert [file.kind for file in files(ask, stored()[0])] == ["voice"]


def test_a_voice_note_alone_is_a_report_for_a_clerk_and_takes_the_pictures_along(phone, stored, ask):
    phone.picture("m1")
    reply = phone.send(MsgType="voice", MediaId="v1", Format="amr")
    (made,) = stored()
    assert made.number in reply
    assert sorted(file.kind for file in files(ask, made)) == ["image", "voice"]


def test_a_short_video_is_a_video(phone, tip, ask):
    made = tip()
    phone.send(MsgType="shortvideo", MediaId="m1", ThumbMediaId="t")
    assert [file.kind for file in files(ask, made)] == ["video"]


def test_pictures_do_not_join_a_closed_case(phone, tip, act, hire, ask):
    made = tip()
    act(made.number, "refer", hire("wang", Role.INTAKE), unit="县公安局", note="不属实")
    phone.picture("m1")
    assert files(ask, made) == []


def test_leaving_erases_pictures_without_words_and_keeps_those_of_a_case(phone, tip, ask, clock):
    made = tip()
    phone.picture("m1")
    clock.advance(minutes=20)
    phone.picture("loose")
    phone.event("unsubscribe")
    assert len(files(ask, made)) == 1
    assert ask(lambda tx: tx.value("select count(*) from evidence")) == 1
