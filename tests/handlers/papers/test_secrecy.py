"""What names whoever handed a case in is taken out of a text, however it is spelled."""

import pytest

from handlers.papers.secrecy import hidden


@pytest.fixture
def without(case, service):
    def of(kind, text):
        made = case(kind, phone="138 1234 5678")
        with service.db.read() as tx:
            return hidden(tx, made, text)

    return of


@pytest.mark.parametrize("spelt", ["13812345678", "138-1234-5678", "138 1234 5678"])
def test_a_number_is_found_whatever_stands_between_its_digits(without, spelt):
    assert without("report", f"请拨{spelt}联系") == "请拨〔举报人信息〕联系"


def test_what_is_nobodys_stays(without):
    assert without("complaint", "某饭店，热线12315") == "某饭店，热线12315"
