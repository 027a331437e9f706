"""``/healthz``, ``/readyz`` and ``/metrics``."""

import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from bot import installation
from bot.service import Service
from bot.web.metrics import REGISTRY
from storage import ticks
from storage.chat import inbox, platform
from storage.engine.database import Tx
from storage.errors import StorageError
from storage.notices import outbox
from storage.submissions import submission

TEXT = "text/plain; charset=utf-8"
FORWARDED = {"forwarded", "via", "x-real-ip", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
"""Any of these says that a request came through somebody else."""
PROOF = timedelta(seconds=10)
"""How long a write proves that the database can be written."""


class Figures(Collector):
    """The state of queues, read from the database at each scrape: the same whichever process answers."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self):  # type: ignore[no-untyped-def]
        with self._service.db.read() as tx:
            stages = GaugeMetricFamily("shian_submissions", "Submissions by stage", labels=["stage"])
            for stage, count in submission.by_stage(tx).items():
                stages.add_metric([stage], count)
            parcels = GaugeMetricFamily("shian_outbox", "Outbox rows by kind and state", labels=["kind", "state"])
            for (kind, state), count in outbox.counts(tx).items():
                parcels.add_metric([kind, state], count)
            failed = GaugeMetricFamily(
                "shian_inbox_failed", "Messages whose handling failed", value=inbox.count_failed(tx)
            )
            refused = CounterMetricFamily("shian_platform_errors", "Failed calls to the platform", labels=["code"])
            for sign, count in platform.errors(tx).items():
                refused.add_metric([sign], count)
            given_up = GaugeMetricFamily(
                "shian_inbox_given_up", "Messages that are not tried again", value=len(inbox.given_up(tx))
            )
            ran = GaugeMetricFamily(
                "shian_tick_last_seconds", "When a tick of the worker was last noted, in Unix time", labels=["tick"]
            )
            for name, at in ticks.every(tx).items():
                ran.add_metric([name], at.timestamp())
        yield from (stages, parcels, failed, given_up, refused, ran)
        yield from REGISTRY.collect()


def create_blueprint(service: Service) -> Blueprint:
    blueprint = Blueprint("health", __name__)
    registry = CollectorRegistry()
    registry.register(Figures(service))

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @blueprint.get("/readyz")
    def readyz() -> Response:
        try:
            installation.check(service)
            _prove_writable(service)
        except StorageError as error:
            return Response(f"{error}\n", 503, content_type=TEXT)
        return Response("ready\n", content_type=TEXT)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        if not _may_scrape(service):
            abort(403)
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(registry), content_type=content_type)

    return blueprint


def _prove_writable(service: Service) -> None:
    """Write a row, unless that was done a moment ago: anybody may ask, and a write waits for the disk."""

    def write(tx: Tx) -> None:
        if _proof_is_old(tx):
            ticks.ran(tx, "readyz")

    with service.db.read() as tx:
        old = _proof_is_old(tx)
    if old:
        service.db.write(write, timeout=3)


def _proof_is_old(tx: Tx) -> bool:
    proved = ticks.last(tx, "readyz")
    return proved is None or not timedelta(0) <= tx.now - proved < PROOF


def _may_scrape(service: Service) -> bool:
    """Loopback and configured addresses; a forwarded request only through a proxy that is trusted.

    Not every proxy says that it forwards: whoever names the public host came by it.
    """
    server = service.settings.server
    if FORWARDED & {name.lower() for name, _ in request.headers}:
        if not server.trusted_proxies:
            return False
    elif (host := _host(request.host_url)) == _host(service.office.base_url) and not _is_loopback(host):
        return False
    address = request.remote_addr or ""
    return _is_loopback(address) or address in server.metrics_from


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
