"""README's promises: each names the test that holds it. A promise without one is not made."""

import ast

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ABOUT = README.split("### 这是什么，给谁用")[1].split("### ")[0]
PROMISES = {
    "店名地点自动填好，只问缺的": [
        "journeys/test_plain_words.py::test_a_sentence_becomes_a_report_with_its_business_picture_and_township"
    ],
    "两样都有就分成两件": [
        "journeys/test_plain_words.py::test_what_holds_both_becomes_two_and_each_is_told_apart_in_progress"
    ],
    "写明依据和核对日期": [
        "journeys/test_conduct.py::test_a_question_is_answered_with_its_legal_basis_and_the_day_it_was_checked"
    ],
    "当场登记、给编号、提示120，并呼叫值班人员": [
        "journeys/test_plain_words.py::test_an_emergency_at_night_is_stored_at_once_and_calls_the_officer_on_duty"
    ],
    "随时发照片、语音、位置": [
        "journeys/test_tip.py::test_pictures_join_the_report_in_any_order_with_one_summary",
        "journeys/test_tip.py::test_a_voice_note_alone_becomes_a_submission",
    ],
    "撤回投诉": ["journeys/test_afterwards.py::test_a_complaint_is_withdrawn_after_a_question"],
    "对结果满意或提异议": [
        "journeys/test_afterwards.py::test_a_case_is_concluded_confirmed_and_rated",
        "journeys/test_afterwards.py::test_an_outcome_is_disputed_once_and_reviewed_by_somebody_else",
    ],
    "申请奖励": ["journeys/test_reward.py::test_a_reporter_without_a_name_fetches_the_reward_with_the_code_alone"],
    "回执带二维码": ["bot/public/test_receipts.py::test_it_shows_number_kind_time_and_office_and_nothing_of_the_case"],
    "看到的和没人举报时一字不差": [
        "journeys/test_nobody_fishes.py::test_every_answer_is_the_same_before_and_after_others_reported_the_shop"
    ],
    "只有一名纪检联络员能开": [
        "handlers/test_letters.py::test_to_everybody_else_there_is_no_letter",
        "handlers/test_letters.py::test_an_administrator_with_the_role_reads_no_letter",
    ],
    "到期前两个工作日变成待办": [
        "journeys/test_notices.py::test_whatever_happens_every_notice_is_told_or_somebody_is_asked_to",
        "journeys/test_notices.py::test_an_acceptance_nobody_could_be_told_of_becomes_a_task_two_working_days_before",
    ],
    "紧急件在前并写明理由": ["bot/console/test_queue.py::test_the_queue_puts_danger_first_then_the_nearer_deadline"],
    "法定期限有红黄绿灯": ["bot/console/test_queue.py::test_deadlines_show_their_light"],
    "答复自动回到群众手机上": ["journeys/test_tip.py::test_a_tip_is_treated_and_answered_on_the_phone"],
    "到点自动上传、群发或发布": [
        "journeys/test_exposure.py::test_a_scheduled_article_arrives_once_and_stands_in_the_archive",
        "journeys/test_exposure.py::test_a_publication_happens_exactly_once",
    ],
    "一律加密存放": ["endurance/test_load.py::test_a_planted_reporter_is_in_no_database_file_and_no_log"],
}


@pytest.mark.parametrize(("promise", "tests"), PROMISES.items(), ids=PROMISES)
def test_a_promise_is_made_and_its_tests_are_there(promise, tests):
    assert promise in README
    for named in tests:
        file, _, name = named.partition("::")
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in defined, f"{named}, which holds “{promise}”, is gone"


def test_every_line_of_what_it_is_has_a_promise_that_is_held():
    lines = [line for line in ABOUT.splitlines() if line.startswith("- ")]
    assert len(lines) >= 6
    assert [line for line in lines if not any(promise in line for promise in PROMISES)] == []
