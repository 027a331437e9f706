"""What the platform sends to the webhook: XML, signed, encrypted, tried three times.

Sources: doc/offiaccount/en/Basic_Information/Access_Overview.html,
doc/service/en/guide/product/message/Passive_user_reply_message.html.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import requests
import xmltodict
from wechatpy.crypto import WeChatCrypto

from bot.simulator.records import Account, Delivery, Fields, Reply
from bot.simulator.world import World

TRIES = 3
TEXT_LIMIT = 2047  # bytes of a passive text reply
NO_REPLY = {b"", b"success"}


class Malformed(Exception):
    """An answer of the webhook that the platform cannot use."""


@dataclass(frozen=True)
class Envelope:
    """One message to one webhook; `within` is how many seconds each try may take."""

    world: World
    openid: str
    fields: Fields
    within: float = 5.0

    def send(self) -> Delivery:
        """Send until something answers below 500, three times at most."""
        status, body, tries = 0, b"", 0
        while tries < TRIES and (status == 0 or status >= 500):
            tries += 1
            status, body = self._try()
        if status != 200:
            return Delivery(status, None, tries, broken=True)
        try:
            return Delivery(status, self._read(body), tries)
        except Malformed:
            return Delivery(status, None, tries, broken=True)

    def _try(self) -> tuple[int, bytes]:
        query, body = _sealed(self.world, self.openid, to_xml(self.fields))
        try:
            answer = requests.post(
                self.world.account.webhook,
                params=query,
                data=body.encode(),
                headers={"Content-Type": "text/xml; charset=utf-8", "User-Agent": "Mozilla/4.0"},
                timeout=self.within,
            )
        except requests.RequestException:
            return 0, b""
        return answer.status_code, answer.content

    def _read(self, body: bytes) -> Reply | None:
        """The passive reply. Raises Malformed for what a phone would show as out of order."""
        if body.strip() in NO_REPLY:
            return None
        fields = _parse(body)
        if "Encrypt" in fields:
            fields = _parse(_unsealed(self.world.account, fields).encode())
        elif self.world.account.mode == "safe":
            raise Malformed
        text = str(fields.get("Content") or "")
        if (
            fields.get("ToUserName") != self.openid
            or fields.get("FromUserName") != self.world.original_id
            or not fields.get("MsgType")
            or len(text.encode()) > TEXT_LIMIT
        ):
            raise Malformed
        return Reply(str(fields["MsgType"]), text, fields)


def to_xml(fields: Fields) -> str:
    """A message as the platform writes it: text in CDATA, whole numbers bare, lists repeated."""
    return f"<xml>{_elements(fields)}</xml>"


def _elements(fields: Fields) -> str:
    return "".join(_element(name, value) for name, value in fields.items())


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, dict):
        inner = _elements(value)
    elif isinstance(value, int):
        inner = str(value)
    else:
        inner = f"<![CDATA[{str(value).replace(']]>', ']]]]><![CDATA[>')}]]>"
    return f"<{name}>{inner}</{name}>"


def _sealed(world: World, openid: str, xml: str) -> tuple[dict[str, str], str]:
    account = world.account
    stamp, nonce = str(world.stamp()), str(secrets.randbelow(10**10))
    signature = hashlib.sha1("".join(sorted([account.token, stamp, nonce])).encode())  # noqa: S324
    query = {"signature": signature.hexdigest(), "timestamp": stamp, "nonce": nonce, "openid": openid}
    if account.mode == "plain":
        return query, xml
    sealed = _parse(_crypto(account).encrypt_message(xml, nonce, stamp).encode())
    query |= {"encrypt_type": "aes", "msg_signature": sealed["MsgSignature"]}
    outer = f"<ToUserName><![CDATA[{world.original_id}]]></ToUserName>" if account.mode == "safe" else xml[5:-6]
    return query, f"<xml>{outer}<Encrypt><![CDATA[{sealed['Encrypt']}]]></Encrypt></xml>"


def _unsealed(account: Account, fields: dict[str, Any]) -> str:
    try:
        if account.mode == "plain":
            raise Malformed
        signed = fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
        return str(_crypto(account).decrypt_message(fields, *signed))
    except Exception as error:  # wechatpy lets a dozen unrelated types escape
        raise Malformed from error


def _crypto(account: Account) -> Any:
    return WeChatCrypto(account.token, account.encoding_aes_key, account.app_id)


def _parse(body: bytes) -> dict[str, Any]:
    try:
        found = xmltodict.parse(body)["xml"]
    except Exception as error:  # xmltodict lets expat's and its own errors escape
        raise Malformed from error
    if not isinstance(found, dict):
        raise Malformed
    return found
