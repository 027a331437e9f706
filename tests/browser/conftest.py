"""The demo in processes of its own, and people who use it in headless Chromium."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.endurance.crowd import free_port
from tests.verbs import until

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Demo:
    """Where the demo is; `shots` is a folder for pictures of it."""

    url: str
    shots: Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Demo]:
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    command = [sys.executable, "-m", "bot", "--config", str(folder / "config.toml"), "demo", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
    shots = Path(os.environ.get("SHIAN_PICTURES", folder))
    try:
        _wait_for(f"http://127.0.0.1:{port}", folder / "log")
        yield Demo(f"http://127.0.0.1:{port}", shots)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait_for(url: str, log: Path) -> None:
    try:
        until(lambda: b"demo is ready" in log.read_bytes(), "the demo's word that it is ready", seconds=90)
    except AssertionError as never:
        never.add_note(log.read_text(encoding="utf-8"))
        raise
    assert requests.get(f"{url}/readyz", timeout=10).ok


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here; install it with: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser) -> Iterator[Callable]:
    """A page in a profile of its own; the test fails when its console shows an error."""
    troubles: list[str] = []
    contexts = []

    def make(width: int = 1280, height: int = 900):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


class Chat:
    """One of the two phones on the phone page."""

    def __init__(self, page: Page, name: str) -> None:
        self.phone = page.locator(f'[data-phone="{name}"]')

    def follow(self) -> None:
        self.phone.get_by_test_id("follow").click()
        self.hears("欢迎关注")

    def tap(self, entry: str) -> None:
        self.phone.get_by_test_id("menu-toggle").click()
        self.phone.get_by_test_id("menu-item").filter(has_text=entry).first.click()

    def say(self, text: str) -> None:
        box = self.phone.get_by_test_id("text")
        if not box.is_visible():
            self.phone.get_by_test_id("menu-toggle").click()
        box.fill(text)
        box.press("Enter")

    def hears(self, text: str) -> str:
        """Wait until the last thing the account said holds this text."""
        bubble = self.phone.locator('[data-testid="bubble"][data-from="account"]').last
        expect(bubble).to_contain_text(text, timeout=20_000)
        return bubble.inner_text()


@pytest.fixture
def sign_in(open_page, demo):
    def enter(name: str) -> Page:
        page = open_page()
        page.goto(f"{demo.url}/console/")
        fields = page.locator("form input:visible")
        fields.nth(0).fill(name)
        fields.nth(1).fill(f"{name}2026demo")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("button", name="退出")).to_be_visible()
        return page

    return enter


SAID = ("note", "answer", "ask")


def take(page: Page, move: str, check: bool = False, **fields: str) -> None:
    """Fill a move's form and send it; what is said to a case goes through its one box."""
    form = page.locator(f'form[action$="/{"say" if move in SAID else f"moves/{move}"}"]')
    if move in SAID:
        form.locator(f'input[name="say"][value="{move}"]').check()
    while (closed := page.locator("details:not([open])", has=form)).count():
        closed.first.locator("summary").first.click()
    for box in form.locator('input[type="checkbox"]').all() if check else []:
        box.check()
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]')
        (field.select_option if field.evaluate("e => e.tagName") == "SELECT" else field.fill)(value)
    with page.expect_navigation():
        form.locator('button[type="submit"]').first.click()


def open_case(page: Page, address: str, number: str) -> None:
    """From the queue."""
    page.goto(f"{address}/console/submissions")
    page.get_by_role("row").filter(has_text=number).get_by_role("link").first.click()
