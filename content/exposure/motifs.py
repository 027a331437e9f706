"""The drawings on covers: an emblem and one motif a category, all from plain shapes."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import ImageDraw

SHARP = 3  # everything is drawn three times as large and scaled down, for smooth edges

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
GOLD: Colour = (226, 182, 88)


@dataclass(frozen=True)
class Pen:
    """Draws around a centre in units of which a motif spans about -100 to 100."""

    draw: ImageDraw.ImageDraw
    x: float
    y: float
    unit: float
    colour: Colour

    def tint(self, white: float) -> Colour:
        """The colour, mixed with this share of white."""
        return mix(self.colour, WHITE, white)

    def _at(self, *numbers: float) -> list[tuple[float, float]]:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return [((self.x + x * self.unit) * SHARP, (self.y + y * self.unit) * SHARP) for x, y in pairs]

    def oval(self, fill: Colour, *box: float) -> None:
        self.draw.ellipse(self._at(*box), fill=fill)

    def ring(self, fill: Colour, width: float, *box: float) -> None:
        self.draw.ellipse(self._at(*box), outline=fill, width=self._pixels(width))

    def box(self, fill: Colour, radius: float, *box: float) -> None:
        self.draw.rounded_rectangle(self._at(*box), radius=self._pixels(radius), fill=fill)

    def shape(self, fill: Colour, *points: float) -> None:
        self.draw.polygon(self._at(*points), fill=fill)

    def line(self, fill: Colour, width: float, *points: float) -> None:
        """A line with round ends and corners."""
        places = self._at(*points)
        self.draw.line(places, fill=fill, width=self._pixels(width), joint="curve")
        half = self._pixels(width) / 2
        for x, y in (places[0], places[-1]):
            self.draw.ellipse((x - half, y - half, x + half, y + half), fill=fill)

    def _pixels(self, width: float) -> int:
        return max(1, round(width * self.unit * SHARP))


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def grain(pen: Pen, fill: Colour, x: float, y: float, angle: float, length: float) -> None:
    """One grain of wheat: pointed at both ends, `angle` in radians from upright."""
    outline = []
    for step in range(24):
        turn = step / 24 * math.tau
        along, across = -math.cos(turn) * length, math.sin(turn) ** 3 * length * 0.42
        outline += [
            x + across * math.cos(angle) - along * math.sin(angle),
            y + across * math.sin(angle) + along * math.cos(angle),
        ]
    pen.shape(fill, *outline)


def wreath(pen: Pen, fill: Colour) -> None:
    """Two ears of wheat that bend towards each other, as around a coat of arms."""
    for side in (-1, 1):
        for step in range(7):
            turn = math.radians(150 - step * 22)
            x, y = side * 108 * math.sin(turn), -108 * math.cos(turn)
            lean = side * (turn - math.pi / 2)
            grain(pen, fill, x + side * 8, y, lean + side * 0.5, 19)
            grain(pen, fill, x - side * 8, y - 6, lean - side * 0.4, 16)


def shield(pen: Pen) -> None:
    """The emblem: a shield, wheat around it, a magnifier on it."""
    curve = [
        (math.cos(turn) ** 0.8 * 70, 8 + math.sin(turn) ** 1.15 * 84)
        for turn in (math.radians(step * 3) for step in range(31))
    ]
    half = [(0.0, -88.0), (36.0, -72.0), (70.0, -66.0), *curve]
    outline = half + [(-x, y) for x, y in reversed(half)]
    wreath(pen, GOLD)
    pen.shape(WHITE, *(number for point in outline for number in point))
    pen.shape(pen.tint(0.1), *(number * 0.9 for point in outline for number in point))
    pen.line(GOLD, 13, 22, 24, 44, 48)
    pen.oval(WHITE, -42, -44, 34, 32)
    pen.oval(pen.tint(0.86), -33, -35, 25, 23)
    pen.line(pen.colour, 10, -20, -6, -8, 8, 14, -18)


def _stall(pen: Pen) -> None:
    pen.box(pen.tint(0.75), 4, -66, -20, 66, 70)
    pen.box(WHITE, 3, -52, 0, 8, 40)
    pen.box(pen.colour, 3, 22, 0, 52, 70)
    pen.oval(GOLD, 28, 32, 35, 39)
    for stripe in range(5):
        fill = pen.colour if stripe % 2 == 0 else WHITE
        left = -80 + stripe * 32
        pen.oval(fill, left, -34, left + 32, -2)
        pen.shape(fill, left + 6 - stripe * 3, -66, left + 32 - stripe * 3, -66, left + 32, -18, left, -18)
    pen.box(pen.tint(0.2), 3, -76, 68, 76, 78)


def _parcels(pen: Pen) -> None:
    for left, top, fill in ((-6, -60, pen.tint(0.6)), (-74, -36, pen.colour)):
        pen.shape(fill, left, top, left + 80, top, left + 74, top + 110, left + 6, top + 110)
        pen.line(WHITE, 3, left + 4, top + 12, left + 76, top + 12)
        pen.oval(WHITE, left + 16, top + 32, left + 64, top + 80)
    grain(pen, pen.colour, -34, 20, 0.5, 18)
    pen.line(GOLD, 8, 24, -14, 44, 6)
    pen.line(GOLD, 8, 44, -14, 24, 6)


def _phone(pen: Pen) -> None:
    pen.box(pen.colour, 14, -46, -84, 46, 84)
    pen.box(pen.tint(0.88), 8, -38, -68, 38, 64)
    pen.oval(WHITE, -5, 69, 5, 79)
    pen.oval(pen.colour, -26, -46, 26, 6)
    pen.shape(WHITE, -9, -35, -9, -5, 17, -20)
    pen.box(pen.tint(0.55), 4, -28, 22, 28, 30)
    pen.box(pen.tint(0.55), 4, -28, 40, 10, 48)
    pen.oval(GOLD, 36, -62, 62, -36)
    pen.oval(GOLD, 56, -62, 82, -36)
    pen.shape(GOLD, 38, -43, 80, -43, 59, -18)


def _flask(pen: Pen) -> None:
    pen.shape(pen.tint(0.72), -18, -76, 18, -76, 18, -28, 66, 62, 58, 76, -58, 76, -66, 62, -18, -28)
    pen.shape(pen.colour, -41, 18, 41, 18, 63, 62, 56, 72, -56, 72, -63, 62)
    pen.box(pen.colour, 6, -28, -86, 28, -72)
    for x, y, radius in ((-18, 46, 9), (14, 38, 6), (30, 58, 8), (-36, 62, 5)):
        pen.oval(pen.tint(0.6), x - radius, y - radius, x + radius, y + radius)
    pen.oval(GOLD, 48, -44, 76, -16)
    pen.shape(GOLD, 50, -35, 74, -35, 62, -62)


def _jar(pen: Pen) -> None:
    pen.box(pen.colour, 6, -46, -80, 46, -54)
    pen.box(pen.tint(0.5), 16, -58, -50, 58, 80)
    pen.box(WHITE, 5, -46, -22, 46, 52)
    pen.line(pen.tint(0.3), 6, -32, -4, 32, -4)
    pen.line(pen.tint(0.6), 6, -32, 14, 18, 14)
    pen.line(pen.tint(0.6), 6, -32, 32, 4, 32)
    pen.oval(GOLD, 26, 18, 74, 66)
    pen.line(WHITE, 7, 50, 28, 50, 46)
    pen.oval(WHITE, 46, 52, 54, 60)


def _pills(pen: Pen) -> None:
    pen.box(pen.colour, 6, -50, -82, 20, -56)
    pen.box(pen.tint(0.45), 14, -60, -52, 30, 78)
    pen.box(WHITE, 4, -60, -16, 30, 44)
    pen.box(pen.colour, 2, -21, -6, -9, 34)
    pen.box(pen.colour, 2, -35, 8, 5, 20)
    pen.line(GOLD, 32, 28, 62, 48, 42)
    pen.line(pen.colour, 32, 50, 40, 68, 22)
    pen.shape(GOLD, 26, 44, 48, 66, 61, 53, 39, 31)


def _plate(pen: Pen) -> None:
    pen.oval(pen.tint(0.6), -50, -50, 50, 50)
    pen.oval(WHITE, -45, -45, 45, 45)
    pen.ring(pen.tint(0.6), 4, -32, -32, 32, 32)
    grain(pen, GOLD, -8, 2, -0.5, 20)
    grain(pen, pen.colour, 9, 0, 0.5, 20)
    pen.line(pen.colour, 7, -74, -10, -74, 62)
    for x in (-83, -74, -65):
        pen.line(pen.colour, 5, x, -58, x, -26)
    pen.line(pen.colour, 5, -83, -24, -74, -14, -65, -24)
    pen.line(pen.colour, 7, 72, 0, 72, 62)
    pen.shape(pen.colour, 68, 6, 68, -60, 82, -46, 84, -8, 76, 6)


MOTIFS: dict[str, Callable[[Pen], None]] = {
    "stall": _stall,
    "parcels": _parcels,
    "phone": _phone,
    "flask": _flask,
    "jar": _jar,
    "pills": _pills,
    "plate": _plate,
}
