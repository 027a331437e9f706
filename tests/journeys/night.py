"""An emergency at night, for journeys: the staff, their phones, and the office's own ways to call them."""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec

from bot.service import office_of
from bot.worker.alarms import SIGNATURE
from handlers.notices import alarms, roster
from handlers.people import binding
from storage import timeline
from storage.notices import alarm
from storage.people.staff import Role
from storage.submissions import submission

EMERGENCY = (
    "举报 店名：阳光幼儿园食堂 地址：新密市西大街 问题：二十多个孩子上吐下泻，打我电话13812345678 "
    "姓名：张三丰 电话：13987654321"
)
IDENTITY = ("张三丰", "13812345678", "13987654321")
SECRET = "sesame-of-the-office"
SMS = """
import json, sys
call = json.load(sys.stdin)
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps(call, ensure_ascii=False) + chr(10))
"""


class Listener:
    """The office's webhook: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict, bytes, str]] = []
        self.statuses: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((json.loads(body), body, self.headers.get(SIGNATURE, "")))
                self.send_response(outer.statuses.pop(0) if outer.statuses else 204)
                self.end_headers()

            def log_message(self, *_given) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/alarm"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def told(self, event: str = "alarm") -> list[str]:
        """Who was named in each call that came, in order."""
        return [facts["officer"] for facts, _, _ in self.got if facts["event"] == event]


class Night:
    """A town with a roster, and what happens in it."""

    def __init__(self, town, hire) -> None:
        self.town = town
        self.staff = {name: hire(name, Role.INTAKE) for name in ("wang", "li")}
        self.staff["zhang"] = hire("zhang", Role.LEADER)
        town.platform.follow("citizen")

    def configure(self, **values) -> None:
        """Set keys of ``[duty]``, as if the worker had been started with them."""
        service = self.town.service
        settings = replace(service.settings, duty=msgspec.structs.replace(service.settings.duty, **values))
        self.town.service = replace(service, settings=settings, office=office_of(settings))

    def on_duty(self, *names: str) -> None:
        service = self.town.service

        def set_order(tx):
            day = service.office.duty_day(tx.now).isoformat()
            roster.set_order(tx, service.office, day, names, staff=self.staff["zhang"])

        service.db.write(set_order)

    def bind(self, *names: str) -> None:
        """Each binds the phone of the same name, by chat."""
        for name in names:
            self.town.platform.follow(name)
            code = self.town.service.db.write(lambda tx, name=name: binding.offer(tx, name))
            assert name in self.town.platform.say(name, f"绑定 {code}").reply.text

    def emergency(self, text: str = EMERGENCY, phone: str = "citizen") -> str:
        """Somebody reports; the number of the submission."""
        if not self.town.platform.follows(phone):
            self.town.platform.follow(phone)
        self.town.platform.say(phone, text)
        service = self.town.service

        def ring(tx):
            stored = list(submission.every(tx))[-1]
            alarms.raise_alarm(tx, service.office, stored, "有人正在发病")
            return stored.number

        return service.db.write(ring)

    def acknowledge(self, number: str, name: str) -> None:
        """Answer for it in the console."""
        service = self.town.service
        service.db.write(lambda tx: alarms.acknowledge(tx, service.office, number, self.staff[name]))

    def rings(self, name: str) -> int:
        """How many alarms a phone got."""
        return sum("【紧急】" in text for text in self.town.screen(name))

    def alarm(self, number: str) -> alarm.Alarm:
        with self.town.service.db.read() as tx:
            found = alarm.of(tx, number)
        assert found is not None
        return found

    def titles(self, number: str) -> list[str]:
        with self.town.service.db.read() as tx:
            return [entry.title for entry in timeline.of(tx, submission.get(tx, number).id)]
