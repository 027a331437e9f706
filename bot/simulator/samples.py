"""A voice and a photograph made by code, so that trying the phone needs no files."""

import io
import random

from PIL import Image, ImageDraw

FRAME = b"\x04" + bytes(12)  # 20 ms of AMR narrow-band at 4.75 kbit/s
FRAMES_PER_SECOND = 50


def amr(seconds: int = 3) -> bytes:
    """A valid AMR-NB file of so many seconds of near silence (RFC 4867)."""
    return b"#!AMR\n" + FRAME * FRAMES_PER_SECOND * seconds


def seconds_of(content: bytes) -> int:
    """About how long an AMR file made of such frames lasts, at least one second."""
    return max(1, len(content) // len(FRAME) // FRAMES_PER_SECOND)


def photo(seed: int = 1) -> bytes:
    """A JPEG of a shop shelf with packets, different for each seed."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    picture = Image.new("RGB", (960, 720), (238, 232, 220))
    draw = ImageDraw.Draw(picture)
    for shelf in range(3):
        floor = 220 + shelf * 230
        left = 30
        while left < 860:
            wide, high = chance.randint(60, 120), chance.randint(90, 170)
            colour = (chance.randint(120, 240), chance.randint(60, 200), chance.randint(40, 160))
            draw.rounded_rectangle((left, floor - high, left + wide, floor), 10, fill=colour)
            label = (left + 12, floor - high + 30, left + wide - 12, floor - high + 58)
            draw.rectangle(label, fill=(250, 248, 240))
            left += wide + chance.randint(8, 26)
        draw.rectangle((0, floor, 960, floor + 16), fill=(148, 118, 86))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
