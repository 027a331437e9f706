"""待办 in a browser: seen by those who treat cases, done with how and when, on the board and beside the case."""

import pytest

from storage.notices import outbox
from storage.people.staff import Role
from storage.submissions import identity as identities
from storage.submissions import task
from tests.verbs import WHOLE


@pytest.fixture
def entered(clerk, stored):
    """A complaint taken by telephone, of which much is missing."""
    clerk.send(
        "/submissions/new",
        kind="complaint",
        source="电话",
        received_at="2026-11-23T08:30",
        merchant="好又多超市",
        home="东大街1号",
    )
    return stored()[-1]


@pytest.fixture
def open_tasks(service):
    def read():
        with service.db.read() as tx:
            return task.open_ones(tx)

    return read


def test_the_board_shows_what_is_due_first_and_the_menu_how_much(clerk, entered, open_tasks):
    clerk.send(f"/submissions/{entered.number}", "/decline", ground="16.4", note="超过三年")
    page = clerk.read("/tasks")
    assert page.count(f'href="/console/submissions/{entered.number}"') == 2
    assert "缺少：投诉人姓名" in page
    assert "需要电话或当面告知" in page
    assert "超过三年" in page
    assert ">2</span>" in clerk.read("/submissions")
    assert len(open_tasks()) == 2


def test_a_day_that_is_near_or_past_is_marked(clerk, entered, clock, browser):
    assert "light-calm" in clerk.read("/tasks")
    clock.advance(days=8)
    near = browser()
    near.sign_in("li")
    assert "light-soon" in near.read("/tasks")
    clock.advance(days=2)
    late = browser()
    late.sign_in("li")
    assert "light-late" in late.read("/tasks")


def test_a_task_is_done_with_how_and_when(clerk, entered, open_tasks, audited):
    (found,) = open_tasks()
    answer = clerk.send("/tasks", f"/{found.id}/moves/task_done", how="phone", note="已补充姓名和地址")
    assert answer.status_code == 303
    assert "没有待办" in clerk.read("/tasks")
    assert audited()[-1] == "task_done"
    page = clerk.read(f"/submissions/{entered.number}")
    assert "待办已办结：需要补充材料" in page
    assert "电话 · li" in page


def test_it_can_be_done_beside_the_case_and_leads_back_there(clerk, entered, open_tasks):
    answer = clerk.send(f"/submissions/{entered.number}", "/task_done?back=submission", how="in_person")
    assert answer.location == f"/console/submissions/{entered.number}"
    assert open_tasks() == []


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"how": ""}, 422, "需要填写：方式"),
        ({"how": "other", "note": ""}, 422, "请写明情况"),
        ({"how": "phone", "happened_at": "2027-01-01T00:00"}, 422, "不能晚于现在"),
        ({"how": "phone", "happened_at": "nonsense"}, 422, "实际办理的时间"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(clerk, entered, open_tasks, given, status, said):
    (found,) = open_tasks()
    answer = clerk.send("/tasks", f"/{found.id}/moves/task_done", **({"note": "打了三次"} | given))
    assert (answer.status_code, said in answer.text) == (status, True)
    assert ("打了三次" in answer.text) == ("note" not in given)
    assert len(open_tasks()) == 1


def test_the_second_of_two_is_told_who_did_it(clerk, entered, open_tasks, signed_in):
    (found,) = open_tasks()
    other = signed_in("zhang", Role.OFFICER)
    form = other.form("/tasks", "/task_done")
    clerk.send("/tasks", f"/{found.id}/moves/task_done", how="phone")
    answer = other.client.post(form.action, data=form.fields | {"how": "post"})
    assert answer.status_code == 409
    assert "li" in answer.text


def test_what_the_form_types_is_text_and_never_markup(clerk, entered, open_tasks):
    (found,) = open_tasks()
    clerk.send("/tasks", f"/{found.id}/moves/task_done", how="other", note="<script>alert(1)</script>")
    assert "<script>alert" not in clerk.read(f"/submissions/{entered.number}")


def test_the_case_shows_of_each_notice_whether_how_and_when_it_was_told(phone, clerk, stored, service, clock):
    phone.say(WHOLE)
    number = stored()[0].number
    clerk.send(f"/submissions/{number}", "/say", say="answer", note="请补充小票")
    page = clerk.read(f"/submissions/{number}")
    assert "等待发送" in page
    assert "2026-12-02</span> 告知" in page
    id = service.db.write(lambda tx: outbox.claim(tx, "notice").id)
    service.db.write(lambda tx: outbox.hold(tx, id, "45015"))
    assert "暂不能送达" in clerk.read(f"/submissions/{number}")
    clock.advance(minutes=5)
    phone.say("帮助")
    page = clerk.read(f"/submissions/{number}")
    assert "已送达</span> 随答复告知" in page
    assert "2026-11-23 09:05" in page


def test_the_deliveries_say_by_which_way_and_by_when(phone, clerk, stored, service):
    phone.say(WHOLE)
    clerk.send(f"/submissions/{stored()[0].number}", "/say", say="answer", note="请补充小票")
    id = service.db.write(lambda tx: outbox.claim(tx, "notice").id)
    service.db.write(lambda tx: outbox.remind(tx, id, "subscription", "", "已发简短提醒"))
    page = clerk.read("/deliveries")
    assert "订阅通知" in page
    assert "已提醒" in page
    assert "2026-12-02" in page


def test_what_is_missing_is_filled_in_sealed_and_leaves_the_list(clerk, entered, open_tasks, service, stored, audited):
    (found,) = open_tasks()
    fill = f"/{found.id}/moves/task_fill"
    assert {"name", "phone", "demand"} < clerk.form("/tasks", fill).fields.keys()
    assert clerk.send("/tasks", fill, phone="abc").status_code == 422
    answer = clerk.send("/tasks", fill, name="张三丰", phone="13812345678")
    assert answer.status_code == 303
    (found,) = open_tasks()
    assert found.body == "缺少：投诉请求"
    clerk.send("/tasks", fill, demand="退款，打 13912345678")
    assert open_tasks() == []
    made = stored()[-1]
    assert (made.demand, made.named) == ("退款，打 〔电话〕", True)
    with service.db.read() as tx:
        kept = identities._of(tx, made.id)
        written = "".join(row["body"] for row in tx.all("select body from timeline where subject = :id", id=made.id))
    assert (kept.name, kept.phone, kept.address) == ("张三丰", "13812345678", "东大街1号")
    assert kept.mentioned == "13912345678"
    assert not any(secret in written for secret in ("张三丰", "13812345678", "13912345678", "东大街1号"))
    assert audited()[-3:-1].count("task_fill") == 1


def test_what_is_corrected_at_the_case_is_asked_for_no_more(clerk, open_tasks):
    clerk.send("/submissions/new", kind="report", merchant="好又多超市", description="")
    (found,) = open_tasks()
    clerk.send(f"/submissions/{found.number}", "/amend", description="卖过期酸奶")
    assert open_tasks() == []


def test_a_named_informant_is_told_by_the_custodian_who_sees_such_tasks_alone(clerk, officer, signed_in, open_tasks):
    clerk.send("/submissions/new", kind="report", merchant="甲", name="张三", phone="13812345678")
    number = open_tasks()[0].number
    officer.send(f"/submissions/{number}", "/say", say="answer", note="已核查")
    (told,) = [one for one in open_tasks() if one.kind == "tell_named"]
    assert "由身份保管员办理" in clerk.read("/tasks")
    keeper = signed_in("baoguan", Role.CUSTODIAN)
    page = keeper.read("/tasks")
    assert "已核查" in page
    assert "缺少" not in page
    assert keeper.send("/tasks", f"/{told.id}/moves/task_told", how="phone").status_code == 303
    assert told.id not in {one.id for one in open_tasks()}
