"""The benchmark sees what came of a conversation: what was asked, stored, called and lost."""

import pytest

from benchmarks import conversations
from tests.conversations.citizen import asked, bureau, head
from tests.verbs import WHOLE

SICK = "孩子吃完凉皮喘不上气了，嘴都紫了"


@pytest.fixture(scope="module")
def office():
    with bureau() as made:
        yield made


@pytest.fixture
def faults(office):
    """The measures that a line is at fault in."""

    def play(kind, **label):
        (one,) = conversations.judged(office, kind, [label])
        return {verdict.measure for verdict in one.verdicts if not verdict.good}

    return play


def test_a_step_is_known_by_the_label_on_the_last_line():
    assert asked("要留下姓名吗？\n\n请回复【姓名】") == "姓名"
    assert asked("请回复【姓名】\n好的") == asked("") == ""
    assert head("一\n\n二\n三\n四") == "一\n二\n三"


def test_an_answer_is_found_in_its_field_and_another_one_is_missed(faults):
    said = {"context": ["举报", "跳过"], "step": "店名", "text": "槐荫面馆", "as": "answer"}
    assert faults("remarks", **said, **{"is": {"merchant": "槐荫面馆"}}) == set()
    assert faults("remarks", **said, **{"is": {"merchant": "别的面馆"}}) == {"misread"}


def test_a_call_for_a_remark_is_false_and_the_same_for_a_danger_right(faults):
    assert "false call" in faults("remarks", text=SICK)
    assert faults("emergencies", text=SICK, call="120") == set()
    assert faults("emergencies", text="你们几点下班", call="120") == {"missed danger", "not called"}


def test_a_letter_is_counted_where_it_goes(faults):
    taken = "你们所里的赵科长收了老板的烟酒，检查前通风报信"
    assert faults("letters", text=taken, letter=True) == set()
    assert faults("letters", text=taken, letter=False) == {"false letter"}


def test_what_stands_nowhere_is_lost_and_a_wrong_field_is_told(faults):
    stored = {"kind": "report", "merchant": "老王熟食店", "pictures": 1, "says": ["过期卤肉"]}
    turns = [WHOLE, {"picture": "m1"}]
    assert faults("talks", turns=turns, stored=[stored]) == set()
    wrong = stored | {"kind": "complaint", "says": ["从来没说过"], "hides": ["过期"]}
    missed = {"wrong field", "lost sentence", "shown though private"}
    assert faults("talks", turns=turns, stored=[wrong]) == missed
    assert faults("talks", turns=turns, stored=[stored, stored]) == {
        "number of submissions",
        "wrong field",
        "sentence elsewhere",
    }


def test_a_question_put_again_is_counted(faults):
    turns = ["举报", "跳过", "槐荫面馆", "取消"]
    assert faults("talks", turns=turns, stored=[], asked_once=["店名"], unasked=["问题"]) == set()
    assert faults("talks", turns=turns, stored=[], unasked=["店名"]) == {"unwanted repeat"}


def test_an_honest_no_is_neither_right_nor_wrong(faults):
    assert faults("questions", text="问 过期食品怎么赔", entry=["expired", "ten_times"]) == set()
    assert faults("questions", text="问 过期食品怎么赔", entry="wages") == {"wrong answer"}
    assert faults("questions", text="问 月亮上有没有兔子和桂花", entry="wages") == {"unanswered though known"}


def test_figures_count_each_measure(office):
    said = [{"text": "你们几点下班", "entry": "office_hours"}, {"text": "你们几点下班", "entry": "wages"}]
    assert conversations.figures(conversations.judged(office, "questions", said)) == {
        "wrong answer": (1, 2),
        "unanswered though known": (0, 2),
    }
