"""The drawings on covers: every motif fills its field and stays within it."""

import math

import pytest
from PIL import Image, ImageChops, ImageDraw

from content.exposure.motifs import MOTIFS, SHARP, WHITE, Pen, grain, mix, shield

BLUE, GREY = (20, 60, 160), (128, 128, 128)
SIZE = 300


def drawn(motif) -> Image.Image:
    """A motif alone, around the middle of a grey field, one pixel a unit."""
    image = Image.new("RGB", (SIZE * SHARP, SIZE * SHARP), GREY)
    motif(Pen(ImageDraw.Draw(image), SIZE / 2, SIZE / 2, 1, BLUE))
    return image


def extent(image: Image.Image) -> tuple[float, ...]:
    """Left, top, right and bottom of what was drawn, in units from the middle."""
    grey = Image.new("RGB", image.size, GREY)
    return tuple(edge / SHARP - SIZE / 2 for edge in ImageChops.difference(image, grey).getbbox())


@pytest.mark.parametrize("motif", [*MOTIFS.values(), shield], ids=[*MOTIFS, "shield"])
def test_a_motif_fills_its_field_and_stays_within_it(motif):
    left, top, right, bottom = extent(drawn(motif))
    assert min(left, top) >= -145
    assert max(right, bottom) <= 145
    assert right - left > 90
    assert bottom - top > 90


@pytest.mark.parametrize("motif", MOTIFS.values(), ids=MOTIFS)
def test_a_motif_is_drawn_in_the_colour_of_its_category(motif):
    assert BLUE in {colour for _, colour in drawn(motif).getcolors(maxcolors=256)}


def test_a_grain_stands_upright_unless_it_is_turned():
    def sides(angle):
        left, top, right, bottom = extent(drawn(lambda pen: grain(pen, BLUE, 0, 0, angle, 40)))
        return right - left, bottom - top

    width, height = sides(0)
    assert height > 2 * width
    assert sides(math.pi / 2) == pytest.approx((height, width), abs=1)


@pytest.mark.parametrize(("share", "colour"), [(0, BLUE), (1, WHITE), (0.5, (138, 158, 208))])
def test_colours_mix_by_their_shares(share, colour):
    assert mix(BLUE, WHITE, share) == pytest.approx(colour, abs=1)
