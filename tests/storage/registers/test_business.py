"""Businesses and the keys they are found by."""

import pytest

from storage.registers import business


@pytest.fixture
def put(db):
    def put(name, code="", keys=(), **values):
        return db.write(lambda tx: business.put(tx, {"name": name, "code": code, **values}, name, set(keys)))

    return put


@pytest.fixture
def sharing(ask):
    return lambda *keys, limit=10: [found.name for found in ask(lambda tx: business.sharing(tx, set(keys), limit))]


def test_a_business_is_stored_as_given(put, ask):
    assert put("甲店", "C1", kind="企业", address="甲路", township="超化镇", status="存续")
    (found,) = ask(lambda tx: business.by_code(tx, "C1"))
    assert (found.name, found.code, found.kind, found.address) == ("甲店", "C1", "企业", "甲路")
    assert (found.township, found.status) == ("超化镇", "存续")
    assert not put("甲店", "C1", kind="企业")


def test_the_fewer_share_a_key_the_more_it_says(put, sharing):
    put("甲", "C1", keys=[1, 2, 3])
    put("乙", "C2", keys=[2, 3])
    put("丙", "C3", keys=[3])
    put("丁", "C4", keys=[4])
    assert sharing(1, 2, 3) == ["甲", "乙", "丙"]
    assert sharing(3, 4)[0] == "丁"
    assert sharing(2, 3, limit=1) == ["甲"]
    assert sharing(9) == sharing() == []


def test_a_key_that_all_share_brings_no_more_than_its_share(put, sharing):
    for n in range(business.PER_KEY + 20):
        put(f"店{n}", f"C{n}", keys=[1])
    put("这家", "D", keys=[1, 2])
    assert sharing(1, 2, limit=1000)[0] == "这家"
    assert len(sharing(1, 2, limit=1000)) == business.PER_KEY + 1


def test_a_new_name_has_new_keys_only(put, sharing):
    put("甲", "C1", keys=[1, 2])
    assert put("乙", "C1", keys=[2, 3])
    assert sharing(1) == []
    assert sharing(2) == sharing(3) == ["乙"]


def test_stalls_without_a_code_are_told_apart_by_township(put, ask):
    put("凉皮摊", township="超化镇", kind="小摊点")
    put("凉皮摊", township="米村镇", kind="小摊点")
    assert not put("凉皮摊", township="米村镇", kind="小摊点")
    assert ask(lambda tx: business.count_named(tx, "凉皮摊")) == 2


def test_a_party_known_by_name_becomes_the_registered_business(put, ask):
    put("甲店")
    put("甲店", "C1", kind="企业")
    put("甲店", "C2", kind="企业")
    assert sorted(found.code for found in ask(lambda tx: list(business.every(tx)))) == ["C1", "C2"]


def test_whether_a_party_is_known(put, ask):
    put("甲店", "C1")
    assert ask(lambda tx: business.is_known(tx, "别名", "C1"))
    assert ask(lambda tx: business.is_known(tx, "甲店", ""))
    assert not ask(lambda tx: business.is_known(tx, "甲店", "C2"))
    assert not ask(lambda tx: business.is_known(tx, "乙店", ""))


def test_all_come_page_by_page(put, ask):
    for n in range(7):
        put(f"店{n}", f"C{n}")
    assert len(ask(lambda tx: list(business.every(tx, page=3)))) == 7
