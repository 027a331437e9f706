"""Auditors read every action in Chinese."""

import ast
from collections.abc import Iterator

from bot.console.labels import ACTIONS
from handlers import letters, rewards, tasks
from handlers.chat import verbs
from handlers.exposure import articles
from handlers.submissions import procedure
from tests.conftest import ROOT

TABLES = (*procedure.MOVES, *articles.MOVES, *rewards.MOVES, *letters.MOVES, *tasks.MOVES)
ROOMS = ("bot", "handlers", "storage")


def actions() -> Iterator[str]:
    """The name of every action the code gives to the audit chain, moves and verbs aside."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            constants = _constants(tree)
            for given in _given(tree):
                names = [node.value for node in ast.walk(given) if isinstance(node, ast.Constant) and node.value]
                names += [constants[node.id] for node in ast.walk(given) if getattr(node, "id", "") in constants]
                passed_on = [node for node in ast.walk(given) if isinstance(node, ast.Name | ast.Attribute)]
                assert names or passed_on, f"{path}:{given.lineno} gives an action this test cannot read"
                yield from names


def _constants(tree: ast.Module) -> dict[str, str]:
    """The texts that a module names, ``A, B = "a", "b"`` included."""
    found: dict[str, str] = {}
    for node in (node for node in tree.body if isinstance(node, ast.Assign)):
        targets, values = (getattr(side, "elts", [side]) for side in (node.targets[0], node.value))
        pairs = zip(targets, values, strict=False)
        found |= {n.id: v.value for n, v in pairs if isinstance(n, ast.Name) and isinstance(v, ast.Constant)}
    return found


def _given(tree: ast.Module) -> Iterator[ast.expr]:
    """What stands for ``action`` in calls, or for ``failed`` in a move's outcome: by keyword, or by place where a function of the module takes it so."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    places = {f.name: [a.arg for a in f.args.args].index("action") for f in functions if _takes_action(f)}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        yield from (keyword.value for keyword in call.keywords if keyword.arg in ("action", "failed"))
        place = places.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if place is not None and len(call.args) > place:
            yield call.args[place]


def _takes_action(function: ast.FunctionDef) -> bool:
    return "action" in [argument.arg for argument in function.args.args]


def test_every_action_has_a_label():
    moves = {move.name for move in (*TABLES, *verbs.VERBS)}
    found = set(actions())
    assert {"open", "evidence_open", "alarm_call", "reward_wrong_code", "write"} <= found
    assert sorted((found | moves) - ACTIONS.keys()) == []
