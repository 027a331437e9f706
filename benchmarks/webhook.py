"""What one message costs in the webhook, beside the least that any bot on Flask and wechatpy must do.

Both answer the same sealed, signed messages in this process, in turn, so that the ratio holds on a noisy
machine. "least" verifies, decrypts, parses and answers a fixed text; "ours" also keeps the message, decides,
stores a submission and the sealed reply, and commits it all durably to SQLite.

    python -m benchmarks.webhook
"""

import statistics
import tempfile
import threading
import time
from pathlib import Path

from flask import Flask, Response, request
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply

from benchmarks.parts import Parts
from bot.service import open_service
from bot.settings import load
from bot.web.app import create_app
from storage.engine.key_file import make_key_file
from tests.conftest import CONFIG
from tests.endurance.crowd import Letter, letter
from tests.verbs import AES_KEY, APP_ID, TOKEN

ROUNDS, BATCH, THREADS = 9, 100, 16


def least() -> Flask:
    """The shortest honest bot: wechatpy's own example, with encryption."""
    app = Flask("least")

    @app.post("/wechat")
    def answer() -> Response:
        crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
        query = request.args
        xml = crypto.decrypt_message(request.data, query["msg_signature"], query["timestamp"], query["nonce"])
        reply = TextReply(content="您的举报已收到。", message=parse_message(xml))
        return Response(crypto.encrypt_message(reply.render(), query["nonce"], query["timestamp"]))

    return app


def letters(round_: int, name: str) -> list[Letter]:
    text = "举报 店名：老王熟食店 地址：新密市青屏大街12号 问题：卖过期卤肉，包装日期被涂改"
    return [letter(f"{name}{round_}-{i}", f"oPerson{i % 50:021d}", text) for i in range(BATCH)]


def timed(app: Flask, batch: list[Letter], threads: int) -> float:
    """Microseconds a message, wall clock."""

    def send(part: list[Letter]) -> None:
        client = app.test_client()
        for one in part:
            assert client.post("/wechat", query_string=one.query, data=one.body).status_code == 200

    parts = [batch[i::threads] for i in range(threads)]
    began = time.perf_counter()
    workers = [threading.Thread(target=send, args=(part,)) for part in parts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return (time.perf_counter() - began) / len(batch) * 1e6


def where(app: Flask, threads: int) -> str:
    """What a message takes, by part."""
    parts = Parts()
    with parts.open():
        timed(app, letters(0, f"parts{threads}-"), threads)
    return parts.told(BATCH)


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    settings = load(folder / "config.toml", {})
    make_key_file(settings.key_file)
    service = open_service(settings)
    service.db.migrate()
    ours, bare = create_app(service), least()
    for threads in (1, THREADS):
        pairs = []
        for round_ in range(ROUNDS + 1):
            ours_us = timed(ours, letters(round_, f"ours{threads}-"), threads)
            bare_us = timed(bare, letters(round_, f"bare{threads}-"), threads)
            if round_:
                pairs.append((ours_us, bare_us))
        ratio = statistics.median(a / b for a, b in pairs)
        a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{threads:2} threads: ours {a:.0f} µs, least {b:.0f} µs a message; median ratio {ratio:.2f}")
        print(f"            {where(ours, threads)}")
    service.close()


if __name__ == "__main__":
    main()
