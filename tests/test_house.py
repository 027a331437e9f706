"""The house keeps its shape: room = kind, folder = topic, a face for each folder, each library in its home.

Who may import whom stands in .importlinter, which `make check` runs.
"""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ("bot", "handlers", "content", "storage")
TOPICS = {
    "submissions": {"handlers", "content", "storage", "bot/console", "bot/api"},
    "exposure": {"handlers", "content", "storage"},
    "registers": {"handlers", "content", "storage"},
    "notices": {"handlers", "storage", "bot/worker"},
    "alarms": {"handlers/notices", "bot/console", "bot/worker"},
    "roster": {"handlers/notices", "storage/notices", "bot/console"},
    "articles": {"handlers/exposure", "bot/console", "bot/api", "bot/worker"},
    "people": {"handlers", "storage", "bot/console"},
    "chat": {"handlers", "storage"},
    "understanding": {"handlers", "content"},
    "clock": {"handlers", "content"},
    "rewards": {"handlers", "content", "bot/console"},
    "letters": {"handlers", "bot/console"},
    "papers": {"handlers", "content", "bot/console"},
    "tasks": {"handlers", "bot/console"},
}
"""A noun, and where its folder or file must stand: whoever is told the noun finds all of it in one guess."""
HOMES = {
    "apscheduler": {"bot/worker"},
    "argon2": {"bot/web"},
    "chinese_calendar": {"handlers/clock"},
    "click": {"bot"},
    "cryptography": {"storage/engine"},
    "docx": {"handlers/papers"},
    "flask": {"bot"},
    "flask_bootstrap": {"bot/web"},
    "granian": {"bot/web"},
    "holidays": {"handlers/clock"},
    "jinja2": {"content"},
    "markdown_it": {"content/exposure"},
    "msgspec": {"bot", "content"},
    "nh3": {"content/exposure", "bot/simulator"},
    "PIL": {"content/exposure", "bot/simulator"},
    "openpyxl": {"bot/tables"},
    "prometheus_client": {"bot/web"},
    "psycopg": {"storage/engine"},
    "psycopg_pool": {"storage/engine"},
    "puremagic": {"bot/worker"},
    "pyotp": {"handlers/people"},
    "pypinyin": {"handlers/registers"},
    "python_calamine": {"bot/tables"},
    "rapidfuzz": {"handlers/registers"},
    "requests": {"bot"},
    "segno": {"bot/public", "bot/console"},
    "sqlite_utils": {"storage"},
    "stdnum": {"handlers/registers"},
    "wechatpy": {"bot/wechat", "bot/simulator"},
}
"""Every library that is installed for running, and where alone it may be imported."""
NOT_IMPORTED = {"tzdata"}
"""What others load by name: the time zones."""
FACE_LINES = 25


def modules() -> list[Path]:
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Dotted names a module imports, ``from a import b`` as ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def faces() -> dict[str, list[str]]:
    """Folder -> the modules that others may import; in bot each door is asked for by what it is."""
    found = {}
    for path in modules():
        if path.name == "__init__.py" and path.parent.parent.name in ("handlers", "content", "storage"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            listed = [node for node in tree.body if isinstance(node, ast.Assign)]
            if listed and isinstance(listed[0].targets[0], ast.Name) and listed[0].targets[0].id == "__all__":
                found[path.parent.relative_to(ROOT).as_posix()] = ast.literal_eval(listed[0].value)
    return found


@pytest.mark.parametrize(("noun", "places"), TOPICS.items(), ids=TOPICS)
def test_a_topic_has_the_same_noun_in_every_room(noun, places):
    missing = {place for place in places if not _there(ROOT / place, noun)}
    assert not missing, f"{noun} is not found in {sorted(missing)}"


def _there(folder: Path, noun: str) -> bool:
    return (folder / noun).is_dir() or (folder / f"{noun}.py").is_file()


def test_a_folder_of_topics_lists_its_face_and_loads_nothing():
    for room in ("handlers", "content", "storage"):
        assert (ROOT / room / "__init__.py").read_text(encoding="utf-8") == ""
    for folder, names in faces().items():
        text = (ROOT / folder / "__init__.py").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= FACE_LINES, folder
        assert not [line for line in text.splitlines() if line.startswith(("import ", "from "))], folder
        assert names == sorted(names), f"{folder} lists its face out of order"
        for name in names:
            assert _there(ROOT / folder, name), f"{folder} shows {name}, which is not there"


def test_the_folders_of_handlers_and_storage_have_faces():
    folders = {
        path.relative_to(ROOT).as_posix()
        for room in ("handlers", "storage")
        for path in (ROOT / room).iterdir()
        if path.is_dir() and path.name not in ("__pycache__", "migrations")
    }
    assert folders <= faces().keys()


def test_outside_a_folder_only_its_face_is_imported():
    shown = faces()
    behind = []
    for path in modules():
        own = path.relative_to(ROOT).parent.as_posix()
        for dotted in imported(path):
            parts = dotted.split(".")
            folder = "/".join(parts[:2])
            if folder in shown and not own.startswith(folder) and len(parts) > 2 and parts[2] not in shown[folder]:
                behind.append(f"{name_of(path)} imports {dotted}")
    assert behind == []


def test_every_library_has_a_home_and_stays_there():
    strays = []
    for path in modules():
        for library in {dotted.split(".")[0] for dotted in imported(path)} & HOMES.keys():
            if not any(name_of(path).startswith(f"{home}/") for home in HOMES[library]):
                strays.append(f"{library} does not live in {name_of(path)}")
    assert strays == []


def test_the_list_of_homes_covers_every_dependency_and_each_is_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {_distribution(line) for line in project["dependencies"]}
    installed = packages_distributions()
    owners = {library: {owner.lower().replace("_", "-") for owner in installed.get(library, ())} for library in HOMES}
    covered = {owner for names in owners.values() for owner in names}
    assert wanted - covered - NOT_IMPORTED == set()
    used = {dotted.split(".")[0] for path in modules() for dotted in imported(path)}
    assert {library for library in HOMES if library not in used} <= NOT_IMPORTED


def _distribution(line: str) -> str:
    """The name in a line like ``wechatpy[cryptography]>=1.8``."""
    return line.split(">")[0].split("[")[0].strip().lower().replace("_", "-")


def test_no_file_is_over_350_lines():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    kinds = (".py", ".html", ".css", ".js", ".sql")
    long = [name for name in tracked if name.endswith(kinds) and _lines(ROOT / name) > 350]
    assert long == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines()) if path.exists() else 0


@pytest.mark.parametrize("room", ROOMS)
def test_each_module_has_its_test_under_its_name(room):
    without = [
        name_of(path)
        for path in sorted((ROOT / room).rglob("*.py"))
        if path.stem not in ("__init__", "errors")
        and not (ROOT / "tests" / path.relative_to(ROOT).with_name(f"test_{path.stem.strip('_')}.py")).exists()
    ]
    assert without == []
