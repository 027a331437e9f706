"""The address to serve on is looked at before anything starts."""

import socket

import pytest

from bot.web.address import AddressError, check_address
from tests.endurance.crowd import free_port


def test_a_free_address_is_fine():
    check_address("127.0.0.1", free_port())


def test_a_taken_port_is_one_clear_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=f"127.0.0.1:{port} cannot be served on .*choose another"):
            check_address("127.0.0.1", port)


def test_a_host_of_another_machine_is_refused():
    with pytest.raises(AddressError):
        check_address("192.0.2.1", 8000)
