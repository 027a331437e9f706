"""What the registers in tests hold: valid codes, and rows as bureaus write them."""

import csv
import io

from handlers.registers import credit_codes


def code(number: int, beginning: str = "92410183MA") -> str:
    """A valid unified social credit code."""
    first = f"{beginning}{number:07d}"
    return first + credit_codes.check_letter(first + "0")


def penalty(number: int = 1, **changed: str) -> dict[str, str]:
    """A row of the double-publicity table."""
    return {
        "CF_XDR_MC": "新密市老王熟食店",
        "CF_XDR_SHXYM": code(1),
        "CF_WSH": f"新密市监处罚〔2026〕{number}号",
        "CF_WFXW": "经营超过保质期的食品",
        "CF_SY": "在售卤肉12袋超过保质期",
        "CF_YJ": "《中华人民共和国食品安全法》第一百二十四条",
        "CF_CFLB": "罚款;没收非法财物",
        "CF_NR": "没收卤肉12袋，罚款5000元",
        "CF_NR_FK": "0.5",
        "CF_JDRQ": "2026-03-02",
        "CF_GSJZQ": "2029-03-02",
        "CF_CFJG": "新密市市场监督管理局",
    } | changed


PENALTY_COLUMNS = tuple(penalty())


def merchant(number: int = 1, **changed: str) -> dict[str, str]:
    return {
        "名称": "新密市老王熟食店",
        "统一社会信用代码": code(number),
        "类型": "个体工商户",
        "地址": "新密市青屏大街12号",
        "乡镇": "青屏街街道",
        "状态": "存续",
    } | changed


def listing(**changed: str) -> dict[str, str]:
    return {
        "名称": "新密市老王熟食店",
        "统一社会信用代码": code(1),
        "列入日期": "2026-05-01",
        "列入原因": "生产经营添加药品的食品",
        "作出决定机关": "新密市市场监督管理局",
        "移出日期": "",
    } | changed


def as_csv(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, list(rows[0]))
    lines.writeheader()
    lines.writerows(rows)
    return text.getvalue().encode(encoding)


def order(**changed: str) -> dict[str, str]:
    """A row of the list of either platform."""
    return {
        "编号": "20261120000123",
        "登记时间": "2026/11/20 16:30:00",
        "类型": "消费投诉",
        "被投诉单位": "好又多超市",
        "内容": "买到过期酸奶",
        "诉求": "退款",
        "联系人": "张三",
        "电话": "13812345678",
        "期限": "2026-11-27",
    } | changed
