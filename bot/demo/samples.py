"""What the demo starts with: accounts, submissions in every stage, released articles, registers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.demo import life, registers
from bot.demo.invented import Town
from bot.demo.life import Sample
from bot.service import Service
from bot.web.passwords import hash_password
from handlers.exposure import articles
from handlers.notices import roster
from handlers.registers import importing
from storage.engine.database import Tx
from storage.exposure import article
from storage.notices import roster as orders
from storage.people import staff
from storage.people.staff import Role
from storage.submissions.submission import Kind


@dataclass(frozen=True)
class Account:
    """A demo login."""

    name: str
    password: str
    title: str
    roles: frozenset[Role]


def _account(name: str, title: str, *roles: Role) -> Account:
    return Account(name, f"{name}2026demo", title, frozenset(roles))


ACCOUNTS = (
    _account("shouli", "受理员 intake", Role.INTAKE),
    _account("chengban", "承办人 officer", Role.OFFICER),
    _account("bianji", "编辑 editor", Role.EDITOR),
    _account("shenhe", "审核 reviewer", Role.REVIEWER),
    _account("fabu", "发布 publisher", Role.PUBLISHER),
    _account("lingdao", "分管领导 leader", Role.LEADER),
    _account("guanli", "系统与安全管理 admin, security", Role.ADMIN, Role.SECURITY),
    _account("shenji", "审计员 auditor", Role.AUDITOR),
    _account("jijian", "纪检联络员 liaison", Role.LIAISON),
)


SUBMISSIONS = (
    Sample(
        0.1,
        Kind.REPORT,
        "阳光幼儿园配餐点",
        "新密市西大街街道",
        "孩子中午吃了配餐后有七八个上吐下泻，老师说鸡块有酸味。",
    ),
    Sample(0.8, Kind.REPORT, "老王熟食店", "新密市青屏大街12号", "卤肉包装上的生产日期被涂改，闻着发臭还在卖。"),
    Sample(
        2,
        Kind.COMPLAINT,
        "好又多超市",
        "新密市东大街88号",
        "买到过期纯牛奶两箱，有小票，店家拒绝退款。",
        demand="退款96元并依法赔偿",
        moves=(("accept", {}),),
    ),
    Sample(
        4,
        Kind.REPORT,
        "某直播间“减脂饼干”",
        "网店，发货地新密市曲梁镇",
        "直播间说吃了能降血糖，包装上没有保健食品标志。",
        moves=(("register", {"external_number": "WX20261119000123"}), ("assign", {"unit": "曲梁市场监督管理所"})),
    ),
    Sample(
        9,
        Kind.REPORT,
        "集市散装辣条摊",
        "新密市超化镇集市",
        "卖的辣条没有厂名厂址，包装和名牌很像但名字差一个字。",
        moves=(
            ("assign", {"unit": "超化市场监督管理所"}),
            ("verify", {}),
            ("propose", {"outcome": "file", "note": "现场查获无标签预包装食品42袋，符合立案条件"}),
            ("file_case", {"note": "同意立案"}),
        ),
    ),
    Sample(
        20,
        Kind.REPORT,
        "小李凉皮店",
        "新密市溱水路",
        "凉皮里疑似加了硼砂，特别筋道。",
        moves=(
            ("register", {}),
            ("assign", {"unit": "青屏市场监督管理所"}),
            ("verify", {}),
            ("propose", {"outcome": "not_file", "ground": "20.4", "note": "经抽检未检出硼砂"}),
            ("decline_case", {"note": "经抽检未检出硼砂，已责令完善进货台账。"}),
        ),
        said=(("confirm", {}), ("rate", {"score": "5", "words": "查得仔细，还给了检测结果。"})),
    ),
)

ARTICLES = (
    {
        "title": "新密市场监管局查处某熟食店销售超过保质期食品案",
        "summary": "群众举报线索查实，没收违法所得并处罚款。",
        "category": "online_offline",
        "party": "新密市某熟食店",
        "body": """## 基本案情

2026年9月，根据群众举报，执法人员对**某熟食店**检查，发现在售卤制品3个批次共12袋超过保质期，货值金额186元。

## 处理结果

当事人的行为违反《中华人民共和国食品安全法》第三十四条第（十）项，依据第一百二十四条，没收违法经营的食品，并处罚款。

## 典型意义

> 超过保质期的食品不得销售。请留意包装日期，发现问题随时举报。
""",
    },
    {
        "title": "新密市场监管局查处某食品商行销售标签不符食品案",
        "summary": "农村集市“山寨”辣条被查，源头同步移送。",
        "category": "rural_fake",
        "party": "新密市某食品商行",
        "body": """## 基本案情

集市巡查发现某商行销售的调味面制品未标明生产者名称、地址，外观近似知名品牌。

## 处理结果

| 项目 | 结果 |
| --- | --- |
| 没收 | 42袋 |
| 罚款 | 5000元 |

## 典型意义

农村集市是假冒伪劣食品治理的重点，购买时请认准标签。
""",
    },
)


def fill(service: Service) -> None:
    """Put the samples in, once."""
    hashes = {account.name: hash_password(account.password) for account in ACCOUNTS}
    service.db.write(lambda tx: _fill(tx, service, hashes))


def _fill(tx: Tx, service: Service, hashes: dict[str, str]) -> None:
    if staff.every(tx):
        return
    for account in ACCOUNTS:
        staff.add(tx, account.name, password_hash=hashes[account.name], roles=account.roles, must_change=False)
    for day in roster.coming(tx, service.office):
        orders.replace(tx, day, ("shouli", "chengban"), actor="lingdao")
    town = Town(service.office)
    life.live(tx, service, (*SUBMISSIONS, *town.submissions()))
    for days, written in enumerate((*ARTICLES, *town.articles()), start=3):
        _article(tx, days, written)
    registers.fill(tx, service.office)
    importing.store(tx, service.office, "merchants", town.businesses())


def _article(tx: Tx, days: int, written: Mapping[str, str]) -> None:
    made = articles.write(tx, written, cover="", staff=life.person(Role.EDITOR, name="bianji"))
    article.change(
        tx,
        made,
        state="released",
        approver="shenhe",
        channel="mass",
        scheduled_at=tx.now - timedelta(days=days),
        released_at=tx.now - timedelta(days=days),
    )
