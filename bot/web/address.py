"""Where the web side listens."""

import socket

from bot.errors import BotError


class AddressError(BotError):
    """The address cannot be served on; the text is one line for an operator."""


def check_address(host: str, port: int) -> None:
    """Raise AddressError when something else serves there, or the host is not one of this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise AddressError(f"{host}:{port} 用不了（{error.strerror}），请用 --port 或 --host 换一个") from None
