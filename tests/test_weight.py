"""What is loaded when: a command that is not called, a page that is not served and a phrase not asked cost nothing."""

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.conftest import ROOT
from tests.endurance.crowd import free_port

pytestmark = pytest.mark.slow
LIGHT_MB = 60
LIGHT_CPU = 5
"""Times what click alone takes: 1.5 when this was written, 40 when every command was loaded."""
REPORT = """
import json, resource, sys
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
used = resource.getrusage(resource.RUSAGE_SELF)
sys.stderr.write(json.dumps([sorted(sys.modules), int(peak.split()[1]) // 1024, used.ru_utime + used.ru_stime]))
"""
HELP = """
import runpy, sys
sys.argv = ["bot", "--help"]
try:
    runpy.run_module("bot", run_name="__main__")
except SystemExit as end:
    assert end.code == 0
"""
SUPERVISOR = """
import sys
from bot.__main__ import main
from bot.supervisor import Supervisor
started = []
Supervisor.run = lambda self: started.append(self)
sys.argv = ["bot", "--config", {config!r}, "run", "--port", "{port}"]
assert main() == 0 and started
"""


@dataclass(frozen=True)
class Weight:
    """What a piece of code loaded, its highest resident memory, and its CPU time in seconds."""

    modules: frozenset[str]
    megabytes: int
    cpu: float

    @property
    def libraries(self) -> set[str]:
        """Top-level packages that are not Python's own."""
        return {name.split(".")[0] for name in self.modules} - set(sys.stdlib_module_names)


def weigh(code: str) -> Weight:
    done = subprocess.run(
        [sys.executable, "-c", code + REPORT], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    modules, megabytes, cpu = json.loads(done.stderr.splitlines()[-1])
    return Weight(frozenset(modules), megabytes, cpu)


@pytest.fixture(scope="module")
def least() -> Weight:
    """The command-line library alone, with whatever this environment loads of its own accord."""
    return weigh("import click")


needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


@needs_proc
def test_help_loads_no_command(least):
    shown = weigh(HELP)
    assert shown.libraries - least.libraries == {"bot", "content", "handlers", "storage"}
    ours = {name for name in shown.modules if name.startswith(("bot.commands.", "content.", "handlers.", "storage."))}
    assert ours == {"bot.commands.context", "content.errors", "handlers.errors", "storage.errors"}
    assert shown.megabytes < LIGHT_MB
    assert shown.cpu < LIGHT_CPU * least.cpu


@needs_proc
def test_the_process_that_only_watches_loads_nothing_of_what_it_watches(service):
    settings = weigh("import click, zoneinfo, bot.settings; zoneinfo.ZoneInfo('Asia/Shanghai')")
    watching = weigh(SUPERVISOR.format(config=str(service.settings.source), port=free_port()))
    assert watching.libraries - settings.libraries == {"content", "handlers"}
    assert watching.megabytes < LIGHT_MB


@needs_proc
@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("handlers.errors", "handlers.chat"),
        ("bot", "bot.web"),
        ("bot.service", "handlers.chat"),
        ("bot.commands.serve", "apscheduler"),
        ("bot.commands.work", "bot.web"),
        ("bot.web.app", "bot.simulator"),
        ("handlers.registers.names", "pypinyin.phrases_dict"),
    ],
)
def test_it_is_not_loaded_for_nothing(module, absent):
    loaded = weigh(f"import {module}").modules
    assert module in loaded
    assert not {name for name in loaded if f"{name}.".startswith(f"{absent}.")}
