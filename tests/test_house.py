"""The house keeps its shape: who imports whom, each library in its home, no file too long."""

import ast
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = {"bot": {"bot", "handlers", "content", "storage"}, "handlers": {"handlers", "content", "storage"}}
ROOMS |= {"content": {"content"}, "storage": {"storage"}}
HOMES = {
    "flask": {"bot"},
    "wechatpy": {"bot"},
    "apscheduler": {"bot"},
    "granian": {"bot"},
    "requests": {"bot"},
    "jinja2": {"content"},
    "segno": {"bot"},
    "markdown_it": {"content"},
    "nh3": {"content", "bot/simulator"},
    "PIL": {"content", "bot/simulator"},
    "sqlite_utils": {"storage"},
    "psycopg": {"storage"},
    "sqlite3": {"storage", "bot/simulator"},
    "cryptography": {"storage"},
    "python_calamine": {"bot"},
    "pypinyin": {"handlers"},
    "rapidfuzz": {"handlers"},
    "stdnum": {"handlers"},
}
MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Top-level names of the packages a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way_and_libraries_stay_at_home(path):
    where = path.relative_to(ROOT).as_posix()
    used = imports(path)
    assert used & set(ROOMS) <= ROOMS[where.split("/")[0]]
    for library, homes in HOMES.items():
        if library in used:
            assert any(where.startswith(f"{home}/") for home in homes), f"{library} does not live in {where}"


def test_no_file_is_over_350_lines():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    kinds = (".py", ".html", ".css", ".js", ".sql")
    long = [name for name in tracked if name.endswith(kinds) and _lines(ROOT / name) > 350]
    assert long == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines()) if path.exists() else 0
