"""Rows of imported files: what is taken, how it is written down, and why a row is not."""

import pytest

from content.registers.imports import COLUMNS
from handlers.registers.importing import Faulty, Reader, read_header, store
from storage.registers import business
from storage.registers import penalty as penalties
from tests.register_files import PENALTY_COLUMNS, code, listing, merchant, penalty

ROWS = {"merchants": merchant, "penalties": penalty, "listings": listing}


@pytest.fixture
def take():
    """Read one row of a register."""

    def read(register, row, number=2):
        return Reader(read_header(register, list(row))).read(number, list(row.values()))

    return read


@pytest.fixture
def put(service, take):
    """Read and store rows; returns how many changed anything."""

    def put(register, *rows):
        values = [take(register, row) for row in rows]
        return service.db.write(lambda tx: store(tx, service.office, register, values))

    return put


@pytest.mark.parametrize("register", ROWS)
def test_columns_are_found_by_name_in_any_order_among_others(register):
    names = [*ROWS[register]()]
    header = read_header(register, ["序号", *reversed(names)])
    assert header.missing == ()
    assert set(header.places.values()) == set(range(1, len(names) + 1))


@pytest.mark.parametrize("column", PENALTY_COLUMNS)
def test_each_column_of_the_penalties_must_be_there(column):
    assert read_header("penalties", [name for name in PENALTY_COLUMNS if name != column]).missing == (column,)


def test_names_may_be_dressed_or_said_otherwise():
    assert not read_header("penalties", [f" {name.lower()} " for name in PENALTY_COLUMNS]).missing
    assert not read_header("merchants", ["*企业名称", "社会信用代码"]).missing
    assert read_header("merchants", ["企业", "代码"]).missing == ("名称", "统一社会信用代码")


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-31",
        "2026/1/31",
        "2026.1.31",
        "2026年1月31日",
        "20260131",
        "46053",
        "2026-01-31 00:00:00",
        "２０２６－１－３１",
    ],
)
def test_a_day_in_every_dress(take, written):
    assert take("penalties", penalty(CF_JDRQ=written))["decided_on"] == "2026-01-31"


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0.5", "0.5"),
        ("0.50", "0.5"),
        ("12", "12"),
        ("1,000.5", "1000.5"),
        ("", ""),
        ("0", "0"),
        ("0.5万元", "0.5"),
        ("10.0", "10"),
    ],
)
def test_an_amount_is_written_one_way(take, written, amount):
    assert take("penalties", penalty(CF_NR_FK=written))["fine"] == amount


@pytest.mark.parametrize(("written", "restored"), [("是", 1), ("否", 0), ("", 0)])
def test_restored_or_not(take, written, restored):
    assert take("penalties", penalty(XYXF=written))["restored"] == restored


@pytest.mark.parametrize(
    ("column", "written", "why"),
    [
        ("CF_WSH", "", "CF_WSH：不能为空"),
        ("CF_XDR_MC", "", "CF_XDR_MC：不能为空"),
        ("CF_JDRQ", "", "CF_JDRQ：不能为空"),
        ("CF_JDRQ", "2026-02-30", "CF_JDRQ：“2026-02-30”不是日期"),
        ("CF_JDRQ", "去年", "不是日期"),
        ("CF_GSJZQ", "31/1/2026", "CF_GSJZQ"),
        ("CF_GSJZQ", "2020-01-01", "CF_GSJZQ：早于CF_JDRQ"),
        ("CF_NR_FK", "五千", "CF_NR_FK：“五千”不是以万元为单位的金额"),
        ("CF_NR_FK", "-1", "CF_NR_FK"),
        ("CF_NR_FK", "nan", "CF_NR_FK"),
        ("CF_XDR_SHXYM", "92410183MA00000019", "CF_XDR_SHXYM：最后一位校验码"),
        ("CF_XDR_SHXYM", "410183600123456", "这里是15位"),
        ("CF_WFXW", "经营\ufffd食品", "CF_WFXW：有无法识别的字符"),
        ("XYXF", "不知道", "XYXF：“不知道”应写成是或否"),
    ],
)
def test_why_a_row_is_not_taken(take, column, written, why):
    with pytest.raises(Faulty) as refused:
        take("penalties", penalty(**{column: written}))
    assert why in str(refused.value)


def test_all_that_is_wrong_is_told_at_once(take):
    with pytest.raises(Faulty) as refused:
        take("penalties", penalty(CF_JDRQ="x", CF_NR_FK="y", CF_WSH=""))
    assert [part.split("：")[0] for part in str(refused.value).split("；")] == ["CF_WSH", "CF_NR_FK", "CF_JDRQ"]


def test_a_row_longer_than_the_header_is_shifted_and_not_taken(take):
    reader = Reader(read_header("merchants", ["名称", "统一社会信用代码"]))
    assert reader.read(2, ["甲店"]) == {"name": "甲店", "code": ""}
    assert reader.read(3, ["乙店", "", "", ""]) == {"name": "乙店", "code": ""}
    with pytest.raises(Faulty, match="列数比表头多"):
        reader.read(4, ["丙", "丁店", code(1)])


def test_the_same_number_twice_with_different_content_is_told(take):
    reader = Reader(read_header("penalties", list(penalty())))
    reader.read(2, list(penalty().values()))
    assert reader.read(3, list(penalty().values()))
    with pytest.raises(Faulty, match="CF_WSH：与第2行重复而内容不同"):
        reader.read(4, list(penalty(CF_NR_FK="9").values()))


@pytest.mark.parametrize("written", ["", "无", "/", "-", "—"])
def test_a_stall_may_have_no_code(take, written):
    assert take("merchants", merchant(统一社会信用代码=written))["code"] == ""


@pytest.mark.parametrize("register", ROWS)
def test_a_repeat_changes_nothing_and_a_correction_does(put, register):
    row = ROWS[register]()
    assert put(register, row) == 1
    assert put(register, row) == 0
    assert put(register, row | {next(iter(row)): "新密市老王卤肉店"}) == 1


def test_columns_a_file_does_not_have_are_left_alone(put, ask):
    put("penalties", penalty(XYXF="是"))
    assert put("penalties", penalty(CF_NR_FK="0.6")) == 1
    (kept,) = ask(lambda tx: penalties.of(tx, "", code(1)))
    assert (kept.restored, kept.fine) == (True, "0.6")


def test_a_kind_left_out_is_told_by_the_code(put, ask):
    put(
        "merchants",
        {"名称": "甲公司", "统一社会信用代码": code(7, "91410183MA")},
        {"名称": "乙店", "统一社会信用代码": code(8)},
    )
    assert [found.kind for found in ask(lambda tx: list(business.every(tx)))] == ["企业", "个体工商户"]


def test_who_was_punished_is_known_before_the_businesses_are_imported(put, ask):
    put("penalties", penalty(), penalty(2, CF_XDR_MC="好又多超市", CF_XDR_SHXYM=""))
    put("listings", listing(), listing(名称="嵩山源食品", 统一社会信用代码=""))
    assert [found.name for found in ask(lambda tx: list(business.every(tx)))] == [
        "新密市老王熟食店",
        "好又多超市",
        "嵩山源食品",
    ]
    assert put("merchants", merchant(), merchant(2, 名称="好又多超市")) == 2
    known = ask(lambda tx: list(business.every(tx)))
    assert [(found.name, found.code, found.status) for found in known] == [
        ("新密市老王熟食店", code(1), "存续"),
        ("好又多超市", code(2), "存续"),
        ("嵩山源食品", "", ""),
    ]


def test_a_natural_person_is_no_business(put, ask):
    put("penalties", penalty(CF_XDR_MC="王某", CF_XDR_SHXYM="", CF_XDR_LB="自然人"))
    assert ask(lambda tx: list(business.every(tx))) == []
    assert len(ask(lambda tx: penalties.of(tx, "王某", ""))) == 1


def test_the_standards_chinese_names_are_taken_with_what_they_say_in_brackets():
    names = [column.names[1] for key, column in COLUMNS["penalties"].items() if column.column]
    dressed = [f"{name}（统一社会信用代码）" if name.endswith("_1") else f"{name}(万元)" for name in names]
    assert not read_header("penalties", dressed).missing


def test_an_amount_in_another_unit_is_not_taken_for_ours():
    names = ["罚款金额（元）" if name == "CF_NR_FK" else name for name in PENALTY_COLUMNS]
    assert read_header("penalties", names).missing == ("CF_NR_FK",)


def test_brackets_tell_two_columns_apart_where_both_are_there():
    header = read_header("listings", ["名称", "代码", "作出决定机关（移出）", "作出决定机关（列入）"])
    assert header.names[header.places["decided_by"]] == "作出决定机关（列入）"


def test_columns_that_are_not_taken_can_be_named():
    assert read_header("merchants", ["序号", "名称", "地址", "", "地址"]).unread == ["序号", "地址"]


@pytest.mark.parametrize("remark", ["合计", "小 计", "填表人：王某", "审核人:李某", "备注：以上"])
def test_totals_and_remarks_under_a_table_are_no_businesses(take, remark):
    with pytest.raises(Faulty, match="是合计或填表说明"):
        take("merchants", merchant(名称=remark, 统一社会信用代码=""))


def test_a_business_may_be_called_nearly_so(take):
    assert take("merchants", merchant(名称="合计小吃店", 统一社会信用代码=""))["name"] == "合计小吃店"
    assert take("merchants", merchant(名称="总计"))["name"] == "总计"


def test_one_decision_in_two_spellings_is_no_contradiction(take):
    reader = Reader(read_header("penalties", list(penalty())))
    reader.read(2, list(penalty().values()))
    assert reader.read(3, list(penalty(CF_WSH="新密市监处罚[2026]1号").values()))
    with pytest.raises(Faulty, match="与第2行重复而内容不同"):
        reader.read(4, list(penalty(CF_WSH="新密市监处罚（2026）1 号", CF_NR_FK="9").values()))


def test_zeros_for_a_code_join_no_two_people(put, ask):
    zeros = {"CF_XDR_SHXYM": "0" * 18, "CF_XDR_LB": "自然人"}
    put("penalties", penalty(1, CF_XDR_MC="张某甲", **zeros), penalty(2, CF_XDR_MC="李某乙", **zeros))
    assert [found.name for found in ask(lambda tx: penalties.of(tx, "张某甲", ""))] == ["张某甲"]
    assert ask(lambda tx: penalties.of(tx, "", "0" * 18)) == []
