"""A shop owner who wants to know whether somebody reported the shop learns nothing, whatever they try."""

import re

from handlers.registers import businesses
from handlers.submissions import desk
from storage.people.staff import Role
from tests.verbs import FILED

SHOP = "老王熟食店"
TRIES = (
    "查 {shop}",
    "曝光 {shop}",
    "进度 {shop}",
    "有没有人举报{shop}",
    "我是{shop}的老板，谁举报的我",
    "{shop}被投诉了几次",
    "举报",
    "跳过",
    "{shop}",
    "青屏大街12号",
    "卖过期卤肉",
    "提交",
    "补充 {shop}的问题还有人说吗",
    "进度",
    "举报 店名：{shop} 地址：青屏大街12号 问题：卖过期卤肉",
    "老板是不是已经知道{shop}被查了",
)


def plain(text):
    """An answer without what differs of itself: numbers, receipts and times."""
    text = re.sub(r"SA\d{8}-\d{4,}", "编号", text)
    text = re.sub(r"/receipts/[\w-]+", "/receipts/", text)
    text = re.sub(r"JJ\d{8}-\w{4}", "来信", text)
    return re.sub(r"\d{2}:\d{2}", "时间", text)


def asks(town, phone):
    town.platform.follow(phone)
    answers = []
    for text in TRIES:
        reply = town.platform.say(phone, text.format(shop=SHOP)).reply
        answers.append(plain(reply.text if reply else ""))
    town.work(rounds=5)
    return answers, [plain(text) for text in town.screen(phone)]


def register(town, name):
    values = {"name": name, "code": "", "kind": "", "address": "青屏大街12号", "township": "", "status": ""}
    town.service.db.write(lambda tx: businesses.put(tx, values, town.service.office.region))


def test_every_answer_is_the_same_before_and_after_others_reported_the_shop(town, hire):
    register(town, SHOP)
    before = asks(town, "owner")
    town.platform.follow("neighbour")
    first = town.platform.say("neighbour", f"举报 店名：{SHOP} 地址：青屏大街12号 问题：后厨有老鼠").reply.text
    for _ in range(2):
        town.platform.say("neighbour", f"举报 店名：{SHOP} 地址：青屏大街12号 问题：后厨有老鼠")
    officer = hire("wang", Role.INTAKE, Role.OFFICER, Role.LEADER)
    number = re.search(r"SA\d{8}-\d{4,}", first)[0]
    for version, (move, values) in enumerate([("register", {}), ("assign", {"unit": "青屏所"}), *FILED], start=1):
        town.service.db.write(
            lambda tx, move=move, values=values, version=version: desk.move(
                tx, town.service.office, number, move, staff=officer, version=version, values=values
            )
        )
    town.work(rounds=3)
    assert asks(town, "other") == before


def test_numbers_next_to_ones_own_answer_as_if_they_did_not_exist(town):
    town.platform.follow("neighbour")
    town.platform.follow("owner")
    town.platform.say("neighbour", f"举报 店名：{SHOP} 地址：青屏大街12号 问题：后厨有老鼠")
    mine = town.platform.say("owner", f"举报 店名：{SHOP} 地址：青屏大街12号 问题：试试").reply.text
    day = re.search(r"SA(\d{8})-0002", mine)[1]
    theirs, nobodys = (town.platform.say("owner", f"进度 SA{day}-{tail}").reply.text for tail in ("0001", "0999"))
    assert theirs.replace("0001", "N") == nobodys.replace("0999", "N")
