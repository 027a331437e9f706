"""A name taken apart: place, legal form and trade are told from the sign."""

import subprocess
import sys

import pytest

from handlers.registers.names import keys, take_apart

REGION = "新密市"


@pytest.mark.parametrize(
    ("name", "core", "sign"),
    [
        ("新密市老王熟食店", "老王熟食店", "lao wang"),
        ("新密老王熟食店（个体工商户）", "老王熟食店", "lao wang"),
        ("郑州好又多商贸有限公司", "好又多商贸", "hao you duo"),
        ("河南省郑州市新密市好又多超市", "好又多超市", "hao you duo"),
        ("好又多（新密）超市", "好又多超市", "hao you duo"),
        ("凉皮店", "凉皮店", ""),
        ("新密市公司", "公司", ""),
        ("ＫＦＣ餐厅", "kfc餐厅", "k f c"),
        ("", "", ""),
    ],
)
def test_what_a_name_consists_of(name, core, sign):
    parts = take_apart(name, REGION)
    assert (parts.core, " ".join(parts.sign)) == (core, sign)


def test_the_place_left_out_is_that_of_the_office():
    assert take_apart("登封市老王熟食店", "登封市").core == "老王熟食店"
    assert take_apart("登封市老王熟食店", REGION).core == "登封市老王熟食店"


def test_names_one_character_apart_share_a_key_and_strangers_none():
    stored = keys(take_apart("刘四烩面馆", REGION))
    for typed in ("刘三烩面馆", "四烩面馆", "刘四烩面", "刘四家烩面馆", "柳肆烩面馆", "劉四燴麵館"):
        assert stored & keys(take_apart(typed, REGION)), typed
    assert not stored & keys(take_apart("好又多超市", REGION))


def test_a_message_of_any_length_is_cut():
    assert len(take_apart("老" * 5000, REGION).sounds) == 40
    assert len(keys(take_apart("老王" * 5000, REGION))) < 100


def test_a_character_sounds_the_same_without_the_readings_of_phrases():
    code = "from pypinyin import lazy_pinyin; print([lazy_pinyin(chr(n))[0] for n in range(0x4E00, 0xA000)])"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env=environ | {"PYTHONIOENCODING": "utf-8"}, capture_output=True, check=True
        ).stdout
        for environ in ({}, {"PYPINYIN_NO_PHRASES": "true"})
    }
    assert len(answers) == 1
