"""The address to serve on is looked at before anything starts."""

import pytest

from bot.web.address import AddressError, check_address
from tests.endurance.crowd import free_port


def test_a_free_address_is_fine():
    check_address("127.0.0.1", free_port())


def test_a_taken_port_is_one_clear_line(taken_port):
    with pytest.raises(AddressError, match=f"127.0.0.1:{taken_port} 用不了（.*请用 --port 或 --host 换一个"):
        check_address("127.0.0.1", taken_port)


def test_a_host_of_another_machine_is_refused():
    with pytest.raises(AddressError):
        check_address("192.0.2.1", 8000)
