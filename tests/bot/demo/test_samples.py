"""What the demo starts with, as whoever tries it meets it: logins, a queue, an archive."""

import re

import pytest

from bot.demo import invented, samples
from bot.demo.invented import LIVES, Town
from bot.demo.samples import ACCOUNTS, ARTICLES, SUBMISSIONS
from storage.submissions import submission


@pytest.fixture
def filled(service):
    samples.fill(service)
    return service


@pytest.fixture
def sign_in(filled, client):
    """Sign a demo account in at the console; returns where it leads."""

    def enter(account):
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/console/sign-in").text)[1]
        form = {"csrf": token, "name": account.name, "password": account.password}
        return client.post("/console/sign-in", data=form, follow_redirects=True)

    return enter


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.name)
def test_each_account_that_is_told_signs_in(sign_in, client, account):
    page = sign_in(account)
    assert page.status_code == 200
    assert account.name in page.text


def test_the_desk_finds_every_sample(sign_in, client):
    sign_in(ACCOUNTS[0])
    queue = client.get("/console/submissions?stage=all").text
    for sample in SUBMISSIONS:
        assert sample.merchant in queue


def test_every_stage_that_an_office_knows_is_in_the_queue(filled):
    with filled.db.read() as tx:
        assert submission.by_stage(tx).keys() > {
            *("triage", "assigned", "verifying", "proposed", "case", "concluded", "not_filed"),
            *("accepted", "settled", "terminated", "declined"),
        }


def test_the_archive_has_its_articles(filled, client):
    archive = client.get("/exposures").text
    for written in ARTICLES:
        assert written["title"] in archive


def test_the_registers_know_its_shops(filled, client, phone):
    name = Town(filled.office).businesses()[0]["name"]
    assert name in phone.say(f"查 {name}")


def test_filling_twice_adds_nothing(filled):
    samples.fill(filled)
    with filled.db.read() as tx:
        assert tx.value("select count(*) from submission") == len(SUBMISSIONS) + sum(count for count, *_ in LIVES)
        assert tx.value("select count(*) from article") == len(ARTICLES) + invented.ARTICLES
