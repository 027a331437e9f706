"""What must hold when many write at once, and when every process is killed."""

import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import requests

from bot.service import open_service
from bot.settings import load
from storage.submissions import submission
from tests.conftest import CONFIG
from tests.endurance.crowd import Letter, Processes, letter
from tests.verbs import until

pytestmark = pytest.mark.endurance
NUMBER = re.compile(r"SA\d{8}-\d{4,}")


@pytest.fixture
def processes(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(CONFIG + 'api_base = "http://127.0.0.1:9"\n', encoding="utf-8")
    processes = Processes(config, tmp_path / "service.log")
    processes.command("init")
    processes.start()
    yield processes
    if processes.process and processes.process.poll() is None:
        processes.stop()


def stored(processes: Processes) -> dict[str, str]:
    """Description -> number of every stored submission; fails when one was stored twice."""
    service = open_service(load(processes.config, {}))
    with service.db.read() as tx:
        found = [(one.description, one.number) for one in submission.every(tx)]
    service.close()
    assert len({description for description, _ in found}) == len(found)
    return dict(found)


def reports(count: int, people: int, prefix: str = "") -> list[Letter]:
    return [
        letter(
            f"{prefix}{10**15 + i}",
            f"oPerson{i % people:021d}",
            f"举报 店名：店{i} 地址：街{i} 问题：第{prefix}{i}件",
        )
        for i in range(count)
    ]


def test_200_reports_delivered_three_times_at_once_make_200_submissions(processes):
    letters = reports(200, people=40)
    copies = [one for one in letters for _ in range(3)]
    replies = processes.post_all(copies, connections=24)
    numbers = [NUMBER.search(reply or "") for reply in replies]
    assert all(numbers)
    for first in range(0, len(copies), 3):
        assert len({number[0] for number in numbers[first : first + 3]}) == 1
    assert len(stored(processes)) == 200


def test_what_was_answered_survives_kill_9_of_every_process(processes):
    answered: dict[str, str] = {}
    for attempt in range(5):
        letters = reports(150, people=30, prefix=str(attempt + 1))
        texts = {one.key: f"第{attempt + 1}{i}件" for i, one in enumerate(letters)}
        timer = threading.Timer(random.uniform(0.3, 1.2), processes.kill)
        timer.start()
        with ThreadPoolExecutor(12) as pool:
            session = requests.Session()
            for one, reply in zip(letters, pool.map(partial(processes.post, session), letters), strict=True):
                if reply:
                    answered[texts[one.key]] = NUMBER.search(reply)[0]
        timer.join()
        processes.start()
        # WeChat sends what was not answered again; what was answered must hear the same.
        for one in letters[:20]:
            number = NUMBER.search(processes.post(session, one) or "")[0]
            assert answered.setdefault(texts[one.key], number) == number
    kept = stored(processes)
    assert len(answered) > 100
    assert {text: kept.get(text) for text in answered} == answered


def test_it_stops_within_ten_seconds_and_every_child_ends_with_its_parent(processes):
    assert processes.stop() < 10
    processes.start()
    children = [pid for pid in processes.pids() if pid != processes.process.pid]
    assert len(children) >= 3
    processes.process.kill()
    processes.process.wait()
    until(lambda: not any(_runs(pid) for pid in children), "the end of every child whose parent was killed")


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_planted_reporter_is_in_no_database_file_and_no_log(processes):
    openid, phone = "oPlantedReporter000000000001", "13800001234"
    texts = (
        f"举报 店名：甲店 地址：乙街{phone} 问题：老板电话{phone}，卖臭肉 姓名：赵六 电话：{phone}",
        "举报",
        phone,
        "进度",
    )
    session = requests.Session()
    for i, text in enumerate(texts):
        assert processes.post(session, letter(f"{10**15 + i}", openid, text))
    session.get(f"{processes.url}/wechat", params={"openid": openid, "signature": "x"})
    folder = processes.config.parent
    haystack = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    processes.stop()
    haystack += b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "甲店".encode() in haystack
    for secret in (openid, phone, "赵六"):
        assert secret.encode() not in haystack
