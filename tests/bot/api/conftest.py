"""The API alone: its tests need no other door, and every door costs time to make."""

import pytest
from flask.testing import FlaskClient

from bot import api
from bot.service import Service
from bot.web.app import create_app
from storage.people.staff import Role
from tests.bot.api.caller import Caller


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service, [api]).test_client()


@pytest.fixture
def intake(service: Service, client: FlaskClient) -> Caller:
    return Caller(service, client, "李受理", Role.INTAKE)


@pytest.fixture
def officer(service: Service, client: FlaskClient) -> Caller:
    return Caller(service, client, "王承办", Role.OFFICER)
