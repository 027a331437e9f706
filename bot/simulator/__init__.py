"""A stand-in for the WeChat platform and its phones; exists under `demo` and in tests only."""

from bot.simulator.platform import Platform
from bot.simulator.records import Account, Bubble, Call, Card, Delivery, Fault, Reply
from bot.simulator.server import Running, create_blueprint, serve

__all__ = [
    "Account",
    "Bubble",
    "Call",
    "Card",
    "Delivery",
    "Fault",
    "Platform",
    "Reply",
    "Running",
    "create_blueprint",
    "serve",
]
