"""What a county has besides submissions: businesses and decisions against them, articles, staff, followers."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from benchmarks.county.cases import OFFICERS
from benchmarks.county.sheaf import Sheaf
from bot.demo import words
from bot.demo.words import Shop
from handlers.office import Office
from handlers.registers import names
from storage.chat import follower as followers
from storage.chat import subscription
from storage.engine.times import stamp
from storage.people.staff import Role
from storage.registers import business

AUTHORITY = "市场监督管理局"
FRESH = 1_000_000
"""A number that the codes of no county reach."""


def staff(sheaf: Sheaf, at: datetime) -> None:
    """Accounts that nobody can sign in to."""
    for name in ("shouli", *OFFICERS):
        roles = json.dumps([Role.INTAKE if name == "shouli" else Role.OFFICER])
        row = {"name": name, "password": "-", "must_change": 0, "roles": roles, "unit": "", "failures": 0}
        sheaf.add("staff", **row, locked_until=None, disabled=0, created_at=stamp(at))


def shops(sheaf: Sheaf, office: Office, count: int, at: datetime) -> Iterator[Shop]:
    """Businesses, each with its keys; one in ten was punished, one in two hundred is on the list."""
    for n in range(count):
        made = words.licensed(words.shop(sheaf.chance, office.region), n + 1)
        shop = replace(made, id=sheaf.id(at))
        _business(sheaf, office, shop, at)
        day = office.today(at - timedelta(days=sheaf.chance.randint(1, 900)))
        if sheaf.chance.random() < 0.1:
            _penalty(sheaf, office, shop, n, day.isoformat(), (day + timedelta(days=1095)).isoformat(), at)
        if sheaf.chance.random() < 0.005:
            row = {"id": sheaf.id(at), "identity": f"{shop.code}@{day}", "name": shop.name, "code": shop.code}
            more = {"reason": "情节严重", "decided_on": day.isoformat(), "decided_by": f"{office.region}{AUTHORITY}"}
            sheaf.add("listing", **row, **more, created_at=stamp(at), updated_at=stamp(at))
        yield shop


def _business(sheaf: Sheaf, office: Office, shop: Shop, at: datetime) -> None:
    full = f"{office.region}{shop.name}"
    name = names.take_apart(full, office.region)
    sheaf.add(
        "business",
        **{"id": shop.id, "identity": business.identity(full, shop.code, shop.township), "name": full},
        **{"code": shop.code, "kind": "个体工商户", "address": shop.address, "township": shop.township},
        **{"status": "存续", "spelling": name.spelling, "created_at": stamp(at), "updated_at": stamp(at)},
    )
    for key in sorted(names.keys(name)):
        sheaf.add("business_key", key=key, business=shop.id)


def _penalty(sheaf: Sheaf, office: Office, shop: Shop, n: int, day: str, until: str, at: datetime) -> None:
    document = f"{office.region}市监处罚〔{day[:4]}〕{n}号"
    sheaf.add(
        "penalty",
        **{"id": sheaf.id(at), "identity": document, "document": document, "name": f"{office.region}{shop.name}"},
        **{"code": shop.code, "violation": "经营超过保质期的食品", "category": "罚款", "content": "罚款5000元"},
        **{"fine": "0.5", "decided_on": day, "disclosed_until": until, "authority": f"{office.region}{AUTHORITY}"},
        **{"created_at": stamp(at), "updated_at": stamp(at)},
    )


def article(sheaf: Sheaf, shop: Shop, at: datetime) -> None:
    """A released one; one in ten is a draft still."""
    released = sheaf.chance.random() < 0.9
    sheaf.add(
        "article",
        **{"id": sheaf.id(at), "cover": None, "author": "bianji"},
        **words.article(sheaf.chance, shop),
        **{"approver": "shenhe", "state": "released" if released else "draft", "reason": "", "channel": "mass"},
        **{"scheduled_at": stamp(at), "released_at": stamp(at) if released else None, "url": ""},
        **{"created_at": stamp(at), "updated_at": stamp(at), "version": 4},
    )


def follower(sheaf: Sheaf, openid: str, sender: str, at: datetime) -> None:
    """A person who follows the account; one in four asked to be sent something."""
    own = followers._own(sheaf.tx, sender)
    sealed = sheaf.tx.vault.seal(openid, "follower.openid", own)
    sheaf.add("follower", sender=own, openid=sealed, followed_at=stamp(at))
    if sheaf.chance.random() < 0.25:
        topic = f"category:{words.category(sheaf.chance)}"
        sheaf.add(
            "subscription",
            sender=subscription._own(sheaf.tx, sender),
            topic=topic,
            given_at=stamp(at),
            withdrawn_at=None,
        )


def rows(office: Office, count: int, chance: random.Random) -> Iterator[dict[str, str | int]]:
    """Businesses that no county has yet, as a file of them is read."""
    for n in range(count):
        made = words.licensed(words.shop(chance, office.region), FRESH + n)
        more = {"address": made.address, "township": made.township, "status": "存续"}
        yield {"name": f"{office.region}{made.name}", "code": made.code, **more}
