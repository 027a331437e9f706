"""What an answer shows of a submission, and of whoever handed it in nothing."""

from benchmarks import county
from bot.api import shapes
from storage.submissions import evidence, submission

WHOLE = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉 姓名：张三丰 电话：13812345678"


def test_only_stored_evidence_is_listed_and_no_answer_tells_who_reported(phone, intake, service, stored):
    phone.say(WHOLE)
    (report,) = stored()

    def arrive(tx):
        ids = [evidence.await_media(tx, sender="s", kind="image", media=m, submission=report.id) for m in "ab"]
        evidence.stored(tx, ids[0], sha256="f" * 64, size=1234, mime="image/jpeg")

    service.db.write(arrive)
    answers = [intake.get("/submissions"), intake.get(f"/submissions/{report.number}")]
    assert answers[1].json["evidence"] == [{"sha256": "f" * 64, "kind": "image", "bytes": 1234}]
    assert answers[1].json["named"] is True
    for answer in answers:
        for secret in (phone.openid, "张三丰", "13812345678"):
            assert secret not in answer.text


def test_opening_is_recorded_and_shows_what_may_be_done(intake, officer, audited):
    number = intake.enter(merchant="老王熟食店")["number"]
    opened = intake.get(f"/submissions/{number}").json
    assert audited()[-1] == "open"
    assert [move["name"] for move in opened["moves"]] == [
        "register",
        "assign",
        "refer",
        "merge",
        "split",
        "join",
        "amend",
        "ask",
        "answer",
        "note",
        "add_for",
    ]
    assign = next(move for move in opened["moves"] if move["name"] == "assign")
    assert assign["fields"][0] == {"name": "unit", "label": "承办单位", "required": True}
    entry = opened["timeline"][0]
    assert (entry["actor"], entry["title"]) == ("李受理", "收到")
    assert "register" not in [move["name"] for move in officer.get(f"/submissions/{number}").json["moves"]]


def test_every_submission_comes_as_the_api_answers_it_one_by_one(service, clock):
    county.fill(service, 60, until=clock.now)
    with service.db.read() as tx:
        every = list(shapes.every_submission(tx, service.office))
        assert every == shapes.submission_records(tx, service.office, list(submission.every(tx)))
    assert len(every) == 60
    assert max(len(one.deadlines) for one in every) > 1 < max(len(one.evidence) for one in every)
