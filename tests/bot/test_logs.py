"""Logs go to standard error, and libraries that quote addresses or bodies are quiet."""

import logging

import pytest

from bot import logs


@pytest.fixture
def configured():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure()
    yield root
    root.handlers[:], root.level = before, level


def test_what_matters_goes_to_standard_error(configured, capsys):
    logs.configure()
    logging.getLogger("shian.webhook").info("answered")
    logging.getLogger("shian.webhook").debug("chatter")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("answered") == 1
    assert "chatter" not in err


@pytest.mark.parametrize("library", ["urllib3.connectionpool", "wechatpy.client.base", "apscheduler.scheduler"])
def test_a_library_that_would_quote_a_secret_says_nothing(configured, capsys, library):
    logs.configure()
    logging.getLogger(library).warning("https://x/?access_token=SECRET")
    assert "SECRET" not in capsys.readouterr().err
