"""The web side of an office with other server settings, and its figures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.service import Service, office_of
from bot.settings import load
from bot.web.app import create_app
from tests.conftest import CONFIG


@pytest.fixture
def client_with(service: Service, tmp_path: Path) -> Callable[..., FlaskClient]:
    """A client of the office with other server settings, and another public address."""

    def make(server: str, base_url: str = "http://127.0.0.1:8000") -> FlaskClient:
        config = CONFIG.replace("http://127.0.0.1:8000", base_url) + f"[server]\n{server}\n"
        (tmp_path / "config.toml").write_text(config, encoding="utf-8")
        settings = load(tmp_path / "config.toml", {})
        return create_app(replace(service, settings=settings, office=office_of(settings))).test_client()

    return make


@pytest.fixture
def figure(client: FlaskClient) -> Callable[[str], float]:
    """The value of a sample of `/metrics`; 0 before there is one."""

    def read(line: str) -> float:
        page = client.get("/metrics").text
        return next((float(said.rsplit(" ", 1)[1]) for said in page.splitlines() if said.startswith(f"{line} ")), 0.0)

    return read
