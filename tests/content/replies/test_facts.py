"""The table of facts says what the code gives, to each text; and each text is held to it."""

import ast
import re
import shutil
from typing import get_type_hints

import pytest

from content import templates
from content.errors import ContentError
from content.knowledge import Entry
from content.replies import HELPERS, facts, texts
from content.replies.facts import FACTS
from content.submissions.categories import Category
from content.submissions.remedies import Remedy
from handlers import rewards
from handlers.chat import guided, questions, verbs
from handlers.chat.dialogue import Step
from handlers.chat.talk import Topic
from handlers.office import Office
from handlers.submissions import procedure
from storage.registers.business import Business
from storage.submissions.submission import Submission
from tests.conftest import ROOT

TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for room in ("bot", "handlers")
    for path in sorted((ROOT / room).rglob("*.py"))
}
COMPUTED = {
    ("handlers/chat/talk.py", "step.hint"): {s.hint for s in (*questions.REPORT, *questions.COMPLAINT)},
    ("handlers/chat/followup.py", "next.step.hint"): {s.hint for v in verbs.VERBS for s in v.steps} | {"ask_case"},
    ("handlers/chat/followup.py", "verb.reply"): {verb.reply for verb in verbs.BY_NAME.values()} - {""},
    ("handlers/rewards.py", "act.move.tells"): {move.tells for move in rewards.MOVES} - {""},
    ("handlers/submissions/desk.py", "act.move.tells"): {move.tells for move in procedure.MOVES} - {""},
}
"""The texts that are said by a name that is no literal."""
OUTCOME = {"reward_code": {"code"}}
"""What a move itself adds, as ``**outcome.words``."""
SUMMARY = ("handlers/chat/pictures.py", "template")
"""Said for those who call `_summarise`, with the facts that they give."""


def keys(tree: ast.AST) -> list[set[str]]:
    """The keys of the literal mappings that stand there."""
    return [
        {key.value for key in one.keys if isinstance(key, ast.Constant)}
        for one in ast.walk(tree)
        if isinstance(one, ast.Dict)
    ]


def given(tree: ast.Module, call: ast.Call) -> set[str]:
    """The names a call gives; of ``**_source(context)`` those of the mapping that it returns."""
    names = {keyword.arg for keyword in call.keywords if keyword.arg}
    for keyword in call.keywords:
        if keyword.arg is None and isinstance(keyword.value, ast.Call):
            name = ast.unparse(keyword.value.func)
            (makes,) = (one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == name)
            names = names.union(*keys(makes))
    return names


def said():
    """(where, text, the facts it is given) of each call that says one."""
    for path, tree in TREES.items():
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)):
            place, more = {"say": (0, set()), "_summarise": (2, {"parts"})}.get(call.func.id, (-1, set()))
            if place < 0 or (path, ast.unparse(call.args[place])) == SUMMARY:
                continue
            name = call.args[place]
            branches = [name.body, name.orelse] if isinstance(name, ast.IfExp) else [name]
            literal = {one.value for one in branches if isinstance(one, ast.Constant)}
            for text in literal or COMPUTED[path, ast.unparse(name)]:
                yield f"{path}:{call.lineno}", text, given(tree, call) | more | OUTCOME.get(text, set())


@pytest.mark.parametrize(("where", "text", "names"), sorted(said(), key=str))
def test_the_table_has_what_the_code_gives(where, text, names):
    assert set(FACTS[text]) == names, where


def test_the_table_has_every_text_and_the_code_says_it():
    assert set(FACTS) == {path.stem for path in (ROOT / "content" / "replies").glob("*.txt")}
    assert {text for _, text, _ in said()} == {name for name in FACTS if not name.startswith("_")}


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        (Office, facts.OFFICE),
        (Submission, facts.SUBMISSION),
        (Business, facts.BUSINESS),
        (verbs.Verb, facts.VERB),
        (Step, facts.STEP),
        (Topic, facts.TALK),
        (Remedy, facts.REMEDY),
        (Category, facts.CATEGORY),
        (Entry, facts.ENTRY),
    ],
)
def test_each_part_is_there(whole, parts):
    assert set(parts) <= {*get_type_hints(whole), *dir(whole)}


@pytest.mark.parametrize(
    "parts",
    ["CASE", "TOLD", "ARTICLE", "ALARM", "NEAR", "OFFERED", "APPLIED", "LINKS", "CHOICE", "LISTING", "PENALTY"],
)
def test_each_part_of_a_mapping_is_there(parts):
    assert set(getattr(facts, parts)) in [one for tree in TREES.values() for one in keys(tree)]


def test_a_case_in_full_has_what_progress_adds():
    (added,) = (one for one in keys(TREES["handlers/chat/progress.py"]) if "told" in one)
    assert set(facts.CASE_IN_FULL) == set(facts.CASE) | added


def test_the_answers_are_those_of_the_questions():
    steps = [step for topic in guided.TOPICS.values() for step in topic.steps]
    steps += [step for verb in verbs.VERBS for step in verb.steps]
    assert set(facts.ANSWERS) - {"happened", "principal"} <= {step.name for step in steps}


@pytest.mark.parametrize("name", sorted(name for name in FACTS if FACTS[name]))
def test_a_misspelt_fact_is_told_in_every_text(name, tmp_path):
    shutil.copytree(ROOT / "content" / "replies", tmp_path, dirs_exist_ok=True)
    path, fact = tmp_path / f"{name}.txt", min(FACTS[name])
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{{{{ {fact}x }}}}", encoding="utf-8")
    with pytest.raises(ContentError) as told:
        templates.load(tmp_path, ".txt", {name: FACTS[name]} | FACTS, autoescape=False, helpers=HELPERS)
    assert re.search(rf"{name}\.txt：第\d+行写了“{fact}x”，没有这一项。您是不是要写“{fact}”？$", str(told.value))


def test_the_texts_as_they_are_have_no_fault():
    assert set(texts()) == set(FACTS)
