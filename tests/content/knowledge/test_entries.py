"""What the office answers: it fits a phone, names its law, and says the figures that the rules have."""

import re
from datetime import date

import pytest

from content.clock.deadlines import RULES
from content.clock.hours import HOURS
from content.knowledge import ENTRIES
from content.knowledge.index import search
from content.replies import LIMIT_BYTES, say
from content.submissions.categories import CATEGORIES
from content.tables import in_force
from handlers.chat.routing import TABLE

LINES, IN_A_LINE = 8, 18
"""What a phone shows without scrolling, and the characters of one line."""
TEXTS = [(entry.code, text) for entry in ENTRIES.values() for text in (entry.question, *entry.ask, entry.answer)]
DEADLINES = {
    "complaint.accept": ("deadline_accept", "{}个工作日"),
    "complaint.mediate": ("deadline_mediate", "{}日内"),
    "report.verify": ("deadline_verify", "{}个工作日"),
    "report.case": ("deadline_case", "{}日内"),
}
PERIODS = {
    "complaint.accept": r"(\d+)个工作日内决定受理",
    "report.verify": r"(\d+)个工作日内核查",
    "report.case": r"(\d+)日内作出处理决定",
    "complaint.mediate": r"(\d+)日内（含休息日）",
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_every_answer_is_short_and_names_its_basis_and_the_day_it_was_checked(entry):
    assert 20 < len(entry.answer) <= LINES * IN_A_LINE
    assert entry.basis
    assert date(2026, 11, 23) <= entry.checked
    assert len(entry.ask) >= 4
    assert len(set(entry.ask)) == len(entry.ask)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_every_answer_fits_one_message_with_two_long_questions_more(entry):
    longest = sorted(ENTRIES.values(), key=lambda other: len(other.question))[-2:]
    text = say("knowledge", entry=entry, others=longest)
    assert entry.answer in text
    assert entry.basis in text
    assert ("核实" in text.split(entry.answer)[1]) is not entry.sure
    assert len(text.encode()) <= LIMIT_BYTES
    assert "\n\n\n" not in text


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_question_that_is_offered_finds_its_entry_and_is_no_command(entry):
    assert search(entry.question)[0] is entry
    assert not entry.question.startswith(tuple(TABLE.vocabulary.commands))


def test_there_are_enough_of_them():
    assert len(ENTRIES) >= 110


@pytest.mark.parametrize("code", DEADLINES)
def test_deadlines_are_those_of_the_rules_in_force(code):
    (rule,) = [rule for rule in RULES if rule.code == code and rule.since <= date(2026, 11, 23) <= rule.until]
    entry, form = DEADLINES[code]
    assert form.format(rule.days) in ENTRIES[entry].answer
    article = re.search("第[一二三四五六七八九十百]+条", rule.basis)[0]
    assert article in ENTRIES[entry].basis
    said = {int(days) for _, text in TEXTS for days in re.findall(PERIODS[code], text)}
    assert said == {rule.days}


@pytest.mark.parametrize("code", ["office_hours", "human"])
def test_hours_are_those_on_which_the_office_is_at_work(code):
    (hours,) = in_force(HOURS, date(2026, 11, 23))
    said = re.findall(r"(\d+:\d\d)—(\d+:\d\d)", ENTRIES[code].answer)
    assert said == [tuple(f"{edge:%-H:%M}" for edge in span) for span in hours.on(0)]
    assert ENTRIES[code].sure <= hours.sure


@pytest.mark.parametrize("code", ["poisoning", "group_poisoning", "choking", "mushroom", "allergy"])
def test_first_aid_names_the_ambulance_before_all_else_that_is_done_and_its_source(code):
    before = ENTRIES[code].answer.split("120")[0]
    assert "催吐" not in before
    assert "拍5下" not in before
    assert "120" in ENTRIES[code].basis


def test_categories_are_called_by_their_labels():
    labels = {category.label for category in CATEGORIES.values()}
    named = [label for _, text in TEXTS for label in re.findall("类别(?:可|选)?(?:选)?“([^”]+)”", text)]
    assert len(named) > 5
    assert set(named) <= labels


def test_whatever_one_is_told_to_send_is_understood():
    told = {word for _, text in TEXTS for word in re.findall("回复“([^”]+)”", text)}
    assert {"举报", "投诉", "进度"} <= told
    assert {word.split()[0] for word in told} <= TABLE.vocabulary.alone
