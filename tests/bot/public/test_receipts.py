"""The receipt page: it proves that something was received, and tells nothing else."""

import re
from xml.etree import ElementTree

import pytest

from handlers.submissions import receipts

WHOLE = "举报 店名：老王熟食店 地址：青屏大街12号 问题：卖过期卤肉 姓名：张三 电话：13812345678"


@pytest.fixture
def made(service, phone, stored):
    phone.say(WHOLE)
    return stored()[-1]


@pytest.fixture
def path(service, made):
    link = service.db.write(lambda tx: receipts.link(tx, service.office, made))
    assert link.startswith("http://127.0.0.1:8000/receipts/")
    return link.removeprefix("http://127.0.0.1:8000")


def test_it_shows_number_kind_time_and_office_and_nothing_of_the_case(client, path, made):
    page = client.get(path)
    assert page.status_code == 200
    for shown in (made.number, "举报", "2026-11-23 09:00", "新密市场监管"):
        assert shown in page.text
    for hidden in ("老王", "青屏大街", "卤肉", "张三", "13812345678", "分流"):
        assert hidden not in page.text


def test_it_is_kept_by_nobody_and_found_by_no_search(client, path):
    for address in (path, f"{path}/qr.svg"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_the_page_carries_no_inline_style_or_script(client, path):
    page = client.get(path).text
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
    code = client.get(f"{path}/qr.svg")
    assert code.mimetype == "image/svg+xml"
    assert ElementTree.fromstring(code.data).tag.endswith("svg")
    assert b"style" not in code.data
    assert b"script" not in code.data


@pytest.mark.parametrize("token", ["x", "A" * 32, "SA20261123-0001", "%00", "%F0%9F%98%80"])
def test_an_unknown_token_is_a_page_that_does_not_exist(client, path, token):
    missing = client.get("/exposures/none")
    for address in (f"/receipts/{token}", f"/receipts/{token}/qr.svg"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.data == missing.data
