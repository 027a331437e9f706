"""What a member of staff is told on WeChat when something has come to wait for them; the console shows it anyway."""

from collections.abc import Collection, Iterable

from content.replies import say
from handlers.notices import telling
from storage.engine.database import Tx
from storage.notices.parcel import Subject, Topic
from storage.people import contact, staff
from storage.people.staff import Role, Staff


def with_role(tx: Tx, roles: Collection[Role]) -> list[str]:
    """The accounts in use that have one of these roles."""
    return [one.name for one in staff.every(tx) if one.roles.intersection(roles) and not one.disabled]


def tell(tx: Tx, names: Iterable[str], what: str, link: str, *, cause: str, by: Staff) -> None:
    """Tell those whose WeChat is bound, but for whoever did it; the same `cause` is told once."""
    for name in dict.fromkeys(names):
        openid = contact.openid_of(tx, name) if name != by.name else ""
        if openid:
            text = say("waits_for_you", what=what, link=link)
            telling.put(tx, Subject(Topic.ACCOUNT, name, cause), openid=openid, text=text)
