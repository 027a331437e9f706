"""What an office does in processes of its own when its database is full, beside an empty office that is asked the same.

Its commands (`export`, `audit verify`), the webhook's rate, and what `serve` and `work` hold in memory under load.
"""

import json
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import requests

from benchmarks import walk
from benchmarks.webhook import BATCH, THREADS, letters, timed
from bot.console.session import SESSION
from bot.service import Service
from bot.web.app import create_app
from tests.conftest import CONFIG, ROOT
from tests.endurance.crowd import Processes
from tests.endurance.test_load import reports

STORAGE = 'api_base = "http://127.0.0.1:9"\n[storage]\nurl = "sqlite:///shian.db"\nkey_file = "shian.key"\n'
COMMANDS = {("export", "submissions"): "submission", ("export", "audit"): "audit", ("audit", "verify"): "audit"}
"""Each with the table whose rows it goes through."""
MEASURED = """
import json, resource, sys
from bot.__main__ import main
code = main()
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
used = resource.getrusage(resource.RUSAGE_SELF)
sys.stderr.write("\\n" + json.dumps([used.ru_utime + used.ru_stime, int(peak.split()[1]) / 1024]))
sys.exit(code)
"""
CONNECTIONS = 24


def office(folder: Path, county: Path | None = None) -> Processes:
    """An office as `init` makes it, with a copy of the county, which stays as it was."""
    if county:
        shutil.copytree(county, folder)
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(f"{CONFIG}{STORAGE}", encoding="utf-8")
    made = Processes(folder / "config.toml", folder / "service.log")
    made.command("init")
    return made


def commands(full: Processes, empty: Processes, rows: Counter[str]) -> None:
    """Peaks are alike when memory does not grow with the rows."""
    for arguments, table in COMMANDS.items():
        (cpu, peak), (start, least) = (_cost(one, *arguments) for one in (full, empty))
        rate = rows[table] / (cpu - start)
        print(
            f"{' '.join(arguments):34} {rate:9,.0f} rows a CPU second of the command without its start "
            f"({start:.1f} s); {peak:.0f} MB at most, {least:.0f} MB in the empty office"
        )


def _cost(of: Processes, *arguments: str) -> tuple[float, float]:
    """CPU seconds, and the most megabytes that were resident."""
    command = [sys.executable, "-c", MEASURED, "--config", str(of.config), *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    cpu, peak = json.loads(done.stderr.splitlines()[-1])
    return cpu, peak


def webhook(full: Service, empty: Service, rounds: int) -> None:
    """In turn, so that the ratio holds on a noisy machine."""
    apps = {"full": create_app(full), "empty": create_app(empty)}
    took: dict[str, list[float]] = {name: [] for name in apps}
    for round_ in range(rounds + 1):
        for name, app in apps.items():
            one = timed(app, letters(round_, f"{name}-"), THREADS)
            took[name] += [one] if round_ else []
    rates = {name: 1e6 / statistics.median(times) for name, times in took.items()}
    ratio = statistics.median(b / a for a, b in zip(took["full"], took["empty"], strict=True))
    print(
        f"{'webhook':34} {rates['full']:9,.0f} messages a second, {rates['empty']:,.0f} in the empty office; "
        f"median ratio {ratio:.2f} of {rounds} times {BATCH} messages from {THREADS} threads, each on the disk"
    )


def memory(full: Processes, stops: list[walk.Stop], calls: int, count: int) -> None:
    """Of `run`, after messages and a walk through the pages, as the system counts it."""
    full.start()
    try:
        answered = sum(reply is not None for reply in full.post_all(reports(count, people=50), CONNECTIONS))
        statuses = Counter(_get(full, path, stop) for stop in stops for path in stop.paths[:calls])
        for pid in full.pids():
            print(_resident(pid))
    finally:
        full.stop()
    print(f"{'':34} after {answered} of {count} messages answered and pages {dict(statuses)}")


def _resident(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    name = next((name for name in ("serve", "work", "run") if name in words), "")
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    now, peak = (int(status[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM"))
    return f"{f'memory of {name}':34} {now:9,.0f} MB resident, {peak:.0f} MB at most"


def _get(of: Processes, path: str, stop: walk.Stop) -> int:
    headers = {"Cookie": f"{SESSION}={walk.TOKEN}"} | dict(stop.headers)
    return requests.get(of.url + path, headers=headers, timeout=30).status_code
