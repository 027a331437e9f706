"""The API alone: its tests need no other door, and every door costs time to make."""

import pytest
from flask.testing import FlaskClient

from bot import api
from bot.service import Service
from bot.web.app import create_app


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service, [api]).test_client()
