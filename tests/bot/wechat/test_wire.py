"""The door to WeChat: what comes through, what does not, and that nothing slips into a reply."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from xmltodict import parse

from bot.settings import WeChatSettings
from bot.wechat.wire import Forbidden, Wire, WireError, read_message
from tests.verbs import AES_KEY, APP_ID, TOKEN, envelope

SETTINGS = WeChatSettings(app_id=APP_ID, token=TOKEN, encoding_aes_key=AES_KEY)
WIRE = Wire(SETTINGS)
# The official demo of WXBizMsgCrypt.
SAMPLE = {"timestamp": "1409735669", "nonce": "1320562132", "msg_signature": "5d197aaffba7e9b25a30732f161a50dee96bd5fa"}
SAMPLE_CIPHER = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXp"
    "bUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlp"
    "Kn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD"
    "1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
TEXT = {"ToUserName": "gh", "FromUserName": "o1", "CreateTime": "1", "MsgType": "text", "Content": "你好", "MsgId": "9"}


def cipher_body(cipher: str) -> bytes:
    return f"<xml><ToUserName>gh</ToUserName><Encrypt>{cipher}</Encrypt></xml>".encode()


def signed(cipher: str) -> dict[str, str]:
    """The query of an encrypted post."""
    return {"timestamp": "1", "nonce": "2", "msg_signature": WIRE.signature("1", "2", cipher)}


def sealed(xml: str, app_id: str = APP_ID) -> str:
    whole = WeChatCrypto(TOKEN, AES_KEY, app_id).encrypt_message(xml, "2", "1")
    return whole.split("<Encrypt><![CDATA[")[1].split("]")[0]


def test_the_official_sample_opens():
    message = WIRE.open(cipher_body(SAMPLE_CIPHER), SAMPLE).message
    assert message.account == "gh_10f6c3c3ac5a"
    assert "abcdteT" in message.text("Content")


def test_the_official_signature():
    assert WIRE.signature("1409735669", "1320562132") == "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a"


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
@pytest.mark.parametrize("value", ["", "x", "5D197AAFFBA7E9B25A30732F161A50DEE96BD5FA", "é"])
def test_a_changed_signature_is_refused(name, value):
    with pytest.raises(Forbidden):
        WIRE.open(cipher_body(SAMPLE_CIPHER), SAMPLE | {name: value})


def test_a_changed_cipher_is_refused_before_it_is_decrypted():
    with pytest.raises(Forbidden):
        WIRE.open(cipher_body(SAMPLE_CIPHER.replace("hyz", "hyy")), SAMPLE)


@pytest.mark.parametrize("cipher", ["", "A", "AAAA", "!!!!", "A" * 64, SAMPLE_CIPHER[:-8], "汉字", "A" * 43 + "="])
def test_garbage_under_a_right_signature_is_a_bad_request(cipher):
    body = cipher_body(cipher)
    with pytest.raises(WireError) as refused:
        WIRE.open(body, signed(cipher))
    assert refused.value.status in (400, 403)
    if cipher:
        assert refused.value.status == 400


def test_a_message_for_another_account_is_forbidden():
    cipher = sealed(envelope(TEXT), "wx0000000000000000")
    with pytest.raises(Forbidden):
        WIRE.open(cipher_body(cipher), signed(cipher))


def test_padding_of_every_length_opens():
    for size in range(70):
        cipher = sealed(envelope(TEXT | {"Content": "x" * size}))
        assert WIRE.open(cipher_body(cipher), signed(cipher)).message.text("Content") == ("x" * size)


def test_plaintext_is_forbidden_in_safe_mode_and_without_a_key():
    plain = {"signature": WIRE.signature("1", "2"), "timestamp": "1", "nonce": "2"}
    body = envelope(TEXT).encode()
    with pytest.raises(Forbidden):
        WIRE.open(body, plain)
    keyless = Wire(WeChatSettings(app_id=APP_ID, token=TOKEN, mode="plain"))
    assert keyless.open(body, plain).message.text("Content") == "你好"
    with pytest.raises(Forbidden):
        keyless.open(cipher_body(SAMPLE_CIPHER), SAMPLE)


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "hello",
        "{}",
        "<xml/>",
        "<xml></xml>",
        "<xml>text</xml>",
        "<html><xml/></html>",
        "<XML><FromUserName>o</FromUserName><MsgType>text</MsgType></XML>",
        "<xmlx><FromUserName>o</FromUserName><MsgType>text</MsgType></xmlx>",
        "<xml><MsgType>text</MsgType></xml>",
        "<xml><FromUserName>o</FromUserName></xml>",
        "<xml><FromUserName/><MsgType>text</MsgType></xml>",
        "<xml><FromUserName>o</FromUserName><MsgType>text</MsgType><MsgType>image</MsgType></xml>",
        "<xml><FromUserName>o</FromUserName><FromUserName>p</FromUserName><MsgType>text</MsgType></xml>",
        "<xml><FromUserName><a>o</a></FromUserName><MsgType>text</MsgType></xml>",
        "<xml><FromUserName>o</FromUserName><MsgType>text</MsgType>",
        "<xml><FromUserName>o</FromUserName><MsgType>text</MsgType></xml><xml/>",
        "<xml><FromUserName>o\x00</FromUserName><MsgType>text</MsgType></xml>",
        "<xml><FromUserName>o</FromUserName><MsgType>text</MsgType><Content>&#xD800;</Content></xml>",
        "<xml><FromUserName>&own;</FromUserName><MsgType>text</MsgType></xml>",
    ],
)
def test_what_is_no_message_is_a_bad_request(xml):
    with pytest.raises(WireError) as refused:
        read_message(xml)
    assert refused.value.status == 400


DOCTYPES = [
    '<!DOCTYPE xml [<!ENTITY a "b">]>',
    '<!DOCTYPE xml SYSTEM "file:///etc/passwd">',
    "<!doctype xml>",
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>', "<!-- x -->", "\ufeff", " \n"])
def test_a_doctype_is_refused_wherever_it_stands(doctype, before):
    with pytest.raises(WireError):
        read_message(before + doctype + envelope(TEXT))


def test_a_doctype_within_the_words_is_words():
    said = '<!DOCTYPE html><html>&lol; <?xml version="1.0"?>'
    assert read_message(envelope(TEXT | {"Content": said})).text("Content") == said


@pytest.mark.parametrize("before", ["", "\ufeff", '<?xml version="1.0" encoding="utf-8"?>\n', "<!-- a --><!-- b -->\n"])
def test_a_usual_prologue_is_read(before):
    assert read_message(before + envelope(TEXT)).openid == "o1"


@pytest.mark.parametrize("piece", ["<!---->", "<??>", "<!-- -->\n ", " \n", "<?a ?><!--"])
def test_a_hostile_prologue_is_refused_quickly(piece):
    began = time.perf_counter()
    with pytest.raises(WireError):
        read_message(piece * 50_000 + "<nothing")
    assert time.perf_counter() - began < 1


def test_deep_nesting_ends_in_a_refusal_or_a_message():
    xml = envelope(TEXT).replace("</xml>", "<a>" * 20_000 + "</a>" * 20_000 + "</xml>")
    assert read_message(xml).openid == "o1"


def test_bytes_that_are_no_text_are_a_bad_request():
    with pytest.raises(WireError, match="UTF-8"):
        WIRE.open(b"<xml>\xff</xml>", SAMPLE)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_refusal(body):
    plain = Wire(WeChatSettings(app_id=APP_ID, token=TOKEN, mode="plain"))
    with pytest.raises(WireError):
        plain.open(body, {"signature": WIRE.signature("1", "2"), "timestamp": "1", "nonce": "2"})


def test_a_number_over_64_bits_is_kept_as_text_and_an_event_has_its_name_in_lower_case():
    assert read_message(envelope(TEXT | {"MsgId": "9" * 40})).id == "9" * 40
    assert read_message(envelope(TEXT | {"MsgType": "event", "Event": "CLICK"})).kind == "event:click"
    assert read_message(envelope({"FromUserName": "o1", "MsgType": "hologram"})).kind == "hologram"


PLAIN = Wire(WeChatSettings(app_id=APP_ID, token=TOKEN, mode="plain"))
MESSAGE = read_message(envelope(TEXT))


@pytest.mark.parametrize(
    "text",
    ["]]>", "a]]></Content><MsgType>image</MsgType>", "]]]]>>", "<b>&amp;", "😀 中文", "]]" * 5 + ">", "行一\n行二"],
)
def test_nothing_in_a_reply_breaks_out_of_it(text):
    reply = parse(PLAIN.reply(MESSAGE, text, 7))["xml"]
    assert (reply["Content"], reply["MsgType"], reply["CreateTime"]) == (text, "text", "7")
    assert (reply["ToUserName"], reply["FromUserName"]) == ("o1", "gh")


def test_a_sender_cannot_break_out_of_the_reply_either():
    hostile = read_message("<xml><FromUserName>o]]&gt;&lt;x/&gt;</FromUserName><MsgType>text</MsgType></xml>")
    assert parse(PLAIN.reply(hostile, "x", 1))["xml"]["ToUserName"] == "o]]><x/>"


@given(st.text(st.characters(max_codepoint=0x3000), max_size=50))
def test_whatever_is_said_the_reply_is_well_formed_and_loses_only_control_characters(text):
    reply = parse(PLAIN.reply(MESSAGE, text, 1), strip_whitespace=False)["xml"]
    printable = "".join(c for c in text if c >= " " or c in "\t\n")
    assert (reply["Content"] or "").replace("\n", "") == printable.replace("\n", "").replace("\r", "")


def test_a_reply_is_sealed_unless_the_mode_is_plain():
    assert b"<Encrypt>" in WIRE.reply(MESSAGE, "x", 1)
    compatible = Wire(WeChatSettings(app_id=APP_ID, token=TOKEN, encoding_aes_key=AES_KEY, mode="compatible"))
    assert b"<Encrypt>" in compatible.reply(MESSAGE, "x", 1)
    both = Wire(WeChatSettings(app_id=APP_ID, token=TOKEN, encoding_aes_key=AES_KEY, mode="plain"))
    assert b"<Content>" in both.reply(MESSAGE, "x", 1)
