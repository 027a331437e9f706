"""What a web process counts since it began. The queues are read from the database: health.py."""

import platform

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, disable_created_metrics

from bot import __version__

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
WEBHOOK_SECONDS = Histogram(
    "shian_webhook_seconds",
    "Seconds until a message was answered",
    # The platform hangs up after five seconds.
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5),
    registry=REGISTRY,
)
FORBIDDEN = Counter(
    "shian_forbidden", "Answers 403, by reason at the webhook and by door elsewhere", ["reason"], registry=REGISTRY
)
Info("shian_build", "What runs", registry=REGISTRY).info({"version": __version__, "python": platform.python_version()})
