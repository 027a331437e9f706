"""Logs go to standard error and hold no query string: WeChat's carries the openid, the API's the token."""

import logging
import sys

QUIET = ("urllib3", "wechatpy", "apscheduler", "PIL", "chardet")
"""Libraries that quote whole URLs or bodies, or say every second that they are there."""


def configure() -> None:
    """Set up logging for this process."""
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s %(levelname)s %(message)s", force=True
    )
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
