"""Which registered business does somebody mean?"""

import pytest

from handlers.registers import businesses, credit_codes

REGION = "新密市"


def code(middle):
    first = f"92410183MA{middle:07d}"
    return first + credit_codes.check_letter(first + "0")


REGISTER = {
    "新密市老王熟食店": code(1),
    "新密市好又多超市": code(2),
    "新密市好又多超市有限公司曲梁分公司": code(3),
    "郑州嵩山源食品有限公司": code(4),
    "新密市超化镇刘四烩面馆（个体工商户）": code(5),
    "新密市溱水路小李凉皮店": code(6),
    "新密市阳光幼儿园": code(7),
    "新密市龙泉麵館": code(8),
    "王记烧饼": "",
    "蜜雪冰城（新密青屏大街店）": code(9),
}


@pytest.fixture
def register(service):
    """The register above."""

    def put(names):
        def write(tx):
            for name, code in names.items():
                businesses.put(tx, {"name": name, "code": code, "township": ""}, REGION)

        service.db.write(write)

    put(REGISTER)
    return put


@pytest.fixture
def find(ask, register):
    return lambda typed, **given: [
        found.name for found in ask(lambda tx: businesses.matches(tx, typed, REGION, **given))
    ]


@pytest.fixture
def certain(ask, register):
    def name(typed):
        found = ask(lambda tx: businesses.certain(businesses.matches(tx, typed, REGION), typed, REGION))
        return found and found.name

    return name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("新密市老王熟食店", "新密市老王熟食店"),
        ("老王熟食店", "新密市老王熟食店"),
        ("新密老王熟食", "新密市老王熟食店"),
        ("老王", "新密市老王熟食店"),
        ("老汪熟食店", "新密市老王熟食店"),
        ("老王熟实店", "新密市老王熟食店"),
        ("老李熟食店", "新密市老王熟食店"),
        ("老大王熟食店", "新密市老王熟食店"),
        ("王熟食店", "新密市老王熟食店"),
        ("老 王 熟 食 店", "新密市老王熟食店"),
        ("“老王熟食店”", "新密市老王熟食店"),
        ("青屏大街老王熟食店", "新密市老王熟食店"),
        ("老王卤肉", "新密市老王熟食店"),
        ("好友多", "新密市好又多超市"),
        ("好多超市", "新密市好又多超市"),
        ("嵩山源", "郑州嵩山源食品有限公司"),
        ("嵩山源食品公司", "郑州嵩山源食品有限公司"),
        ("新密市嵩山源食品", "郑州嵩山源食品有限公司"),
        ("刘四烩面", "新密市超化镇刘四烩面馆（个体工商户）"),
        ("劉四燴麵館", "新密市超化镇刘四烩面馆（个体工商户）"),
        ("小李凉皮店", "新密市溱水路小李凉皮店"),
        ("阳光幼儿园配餐点", "新密市阳光幼儿园"),
        ("龙泉面馆", "新密市龙泉麵館"),
        ("王记烧饼店", "王记烧饼"),
        ("蜜雪冰成", "蜜雪冰城（新密青屏大街店）"),
        ("密雪冰山", "蜜雪冰城（新密青屏大街店）"),
        ("蜜雪冰城（青屏大街店）", "蜜雪冰城（新密青屏大街店）"),
    ],
)
def test_names_as_people_say_them(find, typed, name):
    assert find(typed)[0] == name


@pytest.mark.parametrize(
    "typed",
    ["张三面馆", "王", "熟食店", "超市", "新密市", "有限公司", "", "？！", "😀😀", "今天天气不错", "%%", "' or 1=1 --"],
)
def test_nothing_is_near_what_is_nothing_like_it(find, typed):
    assert find(typed) == []


def test_the_best_comes_first_and_no_more_than_asked_for(find, register):
    register({f"新密市好又多超市第{n}分店": code(100 + n) for n in range(1, 9)})
    assert find("好又多超市")[0] == "新密市好又多超市"
    assert len(find("好又多超市")) == 5
    assert len(find("好又多", limit=2)) == 2


def test_a_name_that_fits_leaves_out_what_only_resembles_it(find, register):
    register({"新密市老李熟食店": code(20)})
    assert find("老王熟食店") == ["新密市老王熟食店"]


@pytest.mark.parametrize("name", ["新密市老王熟食店", "蜜雪冰城（新密青屏大街店）"])
def test_a_code_in_any_dress_is_the_one(find, certain, name):
    typed = f"{REGISTER[name][:6]} {REGISTER[name][6:].lower()}"
    assert find(typed) == [name]
    assert certain(typed) == name


def test_a_code_nobody_has_and_a_wrong_one_find_nothing(find, certain):
    assert find(code(9999)) == find("92410183MA00000019") == []
    assert certain(code(9999)) is None


@pytest.mark.parametrize("typed", ["新密市老王熟食店", "老王熟食店", "新密老王熟食店"])
def test_place_and_form_aside_an_exact_name_is_certain(certain, typed):
    assert certain(typed) == "新密市老王熟食店"


@pytest.mark.parametrize("typed", ["老王", "老汪熟食店", "老李熟食店", "张三面馆"])
def test_anything_else_is_not(certain, typed):
    assert certain(typed) is None


def test_two_of_one_name_are_never_certain(find, certain, register):
    register({"新密市老王熟食店（个体工商户）": code(30)})
    assert certain("老王熟食店") is None
    assert certain("新密市老王熟食店") == "新密市老王熟食店"


def test_a_changed_name_is_found_and_the_old_one_is_not(find, register, ask):
    register({"新密市大众早餐": REGISTER["新密市老王熟食店"]})
    assert find("大众早餐") == ["新密市大众早餐"]
    assert find("老王熟食店") == []


def test_hundreds_of_a_kind_do_not_hide_the_one_that_is_meant(find, register):
    register({f"新密市超化镇老王{word}店": code(1000 + n) for n, word in enumerate(_words(400))})
    assert find("老王熟食店")[0] == "新密市老王熟食店"
    assert find("超化镇刘四烩面")[0] == "新密市超化镇刘四烩面馆（个体工商户）"


def _words(count):
    """Two characters each, all different."""
    signs = "福禄寿喜财安康宁和顺昌盛兴隆祥瑞丰裕达通"
    return [one + other for one in signs for other in signs][:count]
