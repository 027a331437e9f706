"""The door to WeChat: signatures, AES and XML, over wechatpy's crypto and parser, hardened.

wechatpy compares signatures with ``!=``, raises a dozen exception types on bad input, lets a DOCTYPE
through and does not split ``]]>`` in replies; all of that ends here.
Source: developers.weixin.qq.com, "接入指引" and "消息加解密说明".
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError

from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException
from wechatpy.parser import parse_message
from wechatpy.replies import TextReply
from xmltodict import parse as parse_xml

from bot.errors import BotError
from bot.settings import WeChatSettings
from handlers.chat.message import Message

# Possessive quantifiers: a hostile prologue must not make the matcher backtrack.
_PROLOGUE = re.compile(r"\ufeff?\s*+(?:(?><\?.*?\?>|<!--.*?-->)\s*+)*+<xml[\s/>]", re.S)
LONGEST_PASTED = 16 * 1024
"""Characters in which a CDATA of somebody's own is looked for; no text message is longer."""
_FIELD = re.compile(
    r"\s*<(?P<name>\w+)>(?:<!\[CDATA\[(?P<text>.*?)\]\]>|(?P<plain>[^<&\x00-\x1f]*))</(?P=name)>(?=\s*<(?:\w+|/xml)>)",
    re.S,
)
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.S)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class WireError(BotError):
    """Refused at the door; `status` is the HTTP status and the text one line that quotes nothing sent."""

    status = 400


class Forbidden(WireError):
    """Not from our account: bad signature, wrong app id, or plaintext where only cipher is taken."""

    status = 403

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True)
class Opened:
    """A message that came through the door, with the XML it was."""

    message: Message
    xml: str
    encrypted: bool


class Wire:
    """Opens what WeChat posts and seals what we answer, for one account."""

    def __init__(self, settings: WeChatSettings) -> None:
        self._token = settings.token
        self._app_id = settings.app_id
        self._mode = settings.mode
        key = settings.encoding_aes_key
        self._crypto = WeChatCrypto(settings.token, key, settings.app_id) if key else None

    def signature(self, *parts: str) -> str:
        """SHA-1 (hex) over the sorted token and parts, as WeChat signs."""
        return hashlib.sha1("".join(sorted((self._token, *parts))).encode()).hexdigest()  # noqa: S324 - the platform's choice

    def _signed(self, given: str, *parts: str) -> bool:
        return hmac.compare_digest(self.signature(*parts).encode(), given.encode())

    def verify(self, query: Mapping[str, str]) -> None:
        """Check the three-part signature of a GET or a plain POST; raises Forbidden."""
        if not self._signed(query.get("signature", ""), query.get("timestamp", ""), query.get("nonce", "")):
            raise Forbidden("signature", "bad signature: token in [wechat] and the one set at WeChat must be the same")

    def admit(self, query: Mapping[str, str]) -> None:
        """Check what can be checked before the body of a POST is there; raises Forbidden."""
        if "signature" in query or "msg_signature" not in query:
            self.verify(query)

    def open(self, body: bytes, query: Mapping[str, str]) -> Opened:
        """Verify, decrypt and parse a POST; raises WireError (400) or Forbidden (403)."""
        self.admit(query)
        outer_xml = _text(body)
        outer = _outer(outer_xml)
        cipher = outer.get("Encrypt")
        if cipher is None or self._crypto is None:
            if self._mode == "safe" or cipher is not None:
                raise Forbidden("mode", "safe mode takes encrypted messages only; check the mode and key set at WeChat")
            self.verify(query)
            return Opened(read_message(outer_xml), outer_xml, encrypted=False)
        if not isinstance(cipher, str):
            raise WireError("Encrypt is not a text")
        if not self._signed(query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""), cipher):
            raise Forbidden("signature", "bad msg_signature: token and app id in [wechat] must be those set at WeChat")
        xml = self._decrypt(cipher)
        return Opened(read_message(xml), xml, encrypted=True)

    def _decrypt(self, cipher: str) -> str:
        assert self._crypto is not None
        try:
            xml: str = PrpCrypto(self._crypto.key).decrypt(cipher, self._app_id)
        except InvalidAppIdException:
            raise Forbidden("app_id", "the message is for another app id than the one in [wechat]") from None
        except Exception:  # noqa: BLE001 - wechatpy raises whatever its parts do: struct, index, value, unicode errors
            raise WireError(
                "Encrypt does not decrypt: encoding_aes_key in [wechat] must be that set at WeChat"
            ) from None
        return xml

    def reply(self, message: Message, text: str, at: int) -> bytes:
        """The body that answers `message` with a text; `at` is its CreateTime in Unix seconds."""
        xml: str = TextReply(
            source=_cdata(message.account),
            target=_cdata(message.openid),
            time=at,
            content=_cdata(text),
        ).render()
        if self._crypto is None or self._mode == "plain":
            return xml.encode()
        sealed: str = self._crypto.encrypt_message(xml, secrets.token_hex(8), str(at))
        return sealed.encode()


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise WireError("the body is not UTF-8") from None


def _checked(xml: str) -> str:
    if not _PROLOGUE.match(xml):
        raise WireError("the body is not a message: it must be XML with the root <xml> and no DOCTYPE")
    return xml


def _fields(xml: str) -> Mapping[str, Any]:
    """The fields of a message. What people paste, WeChat passes on: control characters, and a CDATA in a text."""
    clean = _CDATA.sub(lambda found: _UNPRINTABLE.sub(" ", found[0]), _checked(xml))
    try:
        return dict(parse_message(clean)._data)
    except ExpatError:
        if len(clean) > LONGEST_PASTED:
            raise
        return dict(parse_message(_rewritten(clean))._data)


def _rewritten(xml: str) -> str:
    """A flat message written anew, each element as one CDATA whatever stands in it; raises ExpatError for another."""
    _, _, body = xml.partition("<xml>")
    fields, at = "", 0
    while found := _FIELD.match(body, at):
        name, value = found["name"], found["text"] or found["plain"] or ""
        fields += f"<{name}><![CDATA[{_cdata(value)}]]></{name}>"
        at = found.end()
    if body[at:].strip() != "</xml>":
        raise ExpatError("no message of flat elements")
    return f"<xml>{fields}</xml>"


def _outer(xml: str) -> Mapping[str, Any]:
    try:
        root = parse_xml(_checked(xml))["xml"]
    except ExpatError:
        raise WireError("the body is not well-formed XML") from None
    if not isinstance(root, Mapping):
        raise WireError("the message is empty")
    return root


def read_message(xml: str) -> Message:
    """The message in a plain XML; raises WireError for what is none."""
    try:
        fields = _fields(xml)
    except (ExpatError, KeyError, TypeError, AttributeError, ValueError):
        raise WireError("the message does not parse: it needs FromUserName and MsgType, once each") from None
    text = {name: value for name, value in fields.items() if isinstance(value, str)}
    for name in ("FromUserName", "MsgType"):
        if name not in text:
            raise WireError(f"the message has no {name}")
    return Message(
        openid=text["FromUserName"],
        account=text.get("ToUserName", ""),
        kind=_kind(text),
        created=text.get("CreateTime", ""),
        id=text.get("MsgId", ""),
        fields=fields,
    )


def _kind(fields: Mapping[str, str]) -> str:
    """Message.kind. wechatpy calls a follower who came by a code subscribe_scan: it is the platform's subscribe."""
    kind, event = fields["MsgType"].lower(), fields.get("Event", "").lower()
    if kind != "event":
        return kind
    return "event:subscribe" if event.startswith("subscribe_scan") else f"event:{event}"


def _cdata(text: str) -> str:
    """Text that can stand in a CDATA section: ``]]>`` is split, what XML forbids is left out."""
    return _UNPRINTABLE.sub("", text).replace("]]>", "]]]]><![CDATA[>")
