"""Every way of asking, through the door: it reaches its entry, or begins what such words may well begin."""

import re

from flask.testing import FlaskClient

from bot.service import Service
from content.knowledge import ENTRIES, Entry
from storage.chat import follower, standing
from storage.engine.database import Tx
from storage.submissions import submission
from tests.verbs import Clock, Phone

ASKS = re.compile("[吗么？]|怎|咋|什么|啥|谁|哪|多少|多久|几|能|可以|会|是不是|为何|意思|区别")
NAMED = {
    "120": "poisoning group_poisoning mushroom allergy",
    "110": "retaliation",
    "12315": "human",
    "12388": "discipline",
}
"""Number -> entries for which any answer that names it is right: whoever asks may be in need of it now."""
TOLD = {
    "talk": "additive care_home complaint_how dirty_kitchen drugs exempt expired expired_stock fake farming "
    "first_responsibility foreign fumes health_talk illegal_add imported infant_formula insider knowing_buy "
    "label_flaw livestream loose_food medical_cost no_label online_shop other_goods own_drinks pesticide "
    "platform_liability premade prepaid price private_seller property repeat_offender school short_weight "
    "sick_meat small_table special_equipment street_stall takeaway ten_times tobacco unlicensed where_online "
    "wholesale",
    "urgent": "care_home medical_cost retaliation school special_equipment takeaway",
}
"""What words that ask nothing may begin: somebody tells of a shop in the words of these entries."""
REACHED = 0.98


def begun(tx: Tx, openid: str) -> str:
    """What a message has begun."""
    sender = follower.sender_of(tx, openid)
    if submission.of_sender(tx, sender):
        return "urgent"
    return "talk" if standing.of(tx, sender).talk else ""


def is_served(entry: Entry, text: str, said: str, what: str) -> bool:
    if entry.answer in said or any(number in said and entry.code in codes.split() for number, codes in NAMED.items()):
        return True
    return not ASKS.search(text) and entry.code in TOLD.get(what, "").split()


def test_every_way_of_asking_reaches_its_entry_through_the_door(
    service: Service, webhook_client: FlaskClient, clock: Clock
):
    asked = [(entry, text) for entry in ENTRIES.values() for text in (entry.question, *entry.ask)]
    lost = []
    for number, (entry, text) in enumerate(asked):
        openid = f"oAsking{number:021}"
        said = Phone(webhook_client, openid, clock).say(text) or ""
        with service.db.read() as tx:
            what = begun(tx, openid)
        if not is_served(entry, text, said, what):
            lost.append((entry.code, text, what or said[:20]))
    assert len(lost) <= (1 - REACHED) * len(asked), lost
