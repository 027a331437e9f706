"""The web side of an office with other server settings, and its figures."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.service import Service
from bot.settings import load
from bot.web.app import create_app
from tests.conftest import CONFIG


@pytest.fixture
def client_with(service: Service, tmp_path: Path) -> Callable[[str], FlaskClient]:
    """A client of the office with other server settings."""

    def make(server: str) -> FlaskClient:
        (tmp_path / "config.toml").write_text(CONFIG + f"[server]\n{server}\n", encoding="utf-8")
        return create_app(replace(service, settings=load(tmp_path / "config.toml", {}))).test_client()

    return make


@pytest.fixture
def figure(client: FlaskClient) -> Callable[[str], float]:
    """The value of a sample of `/metrics`; 0 before there is one."""

    def read(line: str) -> float:
        page = client.get("/metrics").text
        return next((float(said.rsplit(" ", 1)[1]) for said in page.splitlines() if said.startswith(f"{line} ")), 0.0)

    return read
