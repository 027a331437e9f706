import io
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest
from PIL import Image, ImageDraw, ImageFile, ImageFont

from content.errors import ContentError
from content.exposure import cover
from content.exposure.cover import Picture, check, draw, find_font, fit
from content.exposure.motifs import MOTIFS
from content.submissions.categories import CATEGORIES, Motif
from tests.content.exposure.bombs import png_header

TITLE = "新密市市场监督管理局查处某火锅店在底料中非法添加罂粟壳案"
GPS, ORIENTATION, DESCRIPTION = 0x8825, 0x0112, 0x010E
needs_font = pytest.mark.skipif(find_font() is None, reason="no Chinese font; apt install fonts-noto-cjk")


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def photo(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (40, 20), **options) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "navy" if mode != "L" else 80).save(buffer, kind, **options)
    return buffer.getvalue()


def noted(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[DESCRIPTION] = "secret-place"
    exif.get_ifd(GPS)[2] = (34.0, 32.0, 21.0)
    return exif


# --- drawn covers


@pytest.mark.parametrize("label", [*(category.label for category in CATEGORIES.values()), "通知公告", ""])
@pytest.mark.parametrize("font", [find_font, lambda: None])
def test_a_cover_is_a_small_jpeg_of_the_right_size(label, font):
    content = draw(TITLE, label, font=font)
    image = opened(content)
    assert (image.format, image.size, image.mode) == ("JPEG", (900, 383), "RGB")
    assert len(content) <= 64_000


@pytest.mark.parametrize(
    "title", ["", " ", "案", "一" * 200, "A" * 300, "https://example.com/" * 9, "（）" * 40, "甲\n乙"]
)
def test_any_title_makes_a_cover(title):
    assert opened(draw(title, "非法添加")).size == (900, 383)


def test_motif_and_colour_of_its_category_make_a_cover():
    assert set(get_args(Motif)) == set(MOTIFS)
    looks = {(category.colour, category.motif) for category in CATEGORIES.values()}
    covers = {draw("", category.label, font=lambda: None) for category in CATEGORIES.values()}
    assert len(covers) == len(looks)


def test_the_seed_alone_varies_a_cover_and_the_same_seed_repeats_it():
    bare = {seed: draw("", "网红食品", seed=seed, font=lambda: None) for seed in "ab"}
    assert bare["a"] != bare["b"]
    assert bare["a"] == draw("", "网红食品", seed="a", font=lambda: None)


def test_without_a_font_nothing_is_written(monkeypatch):
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda *_, **__: pytest.fail("wrote without a font"))
    draw(TITLE, "非法添加", font=lambda: None)


def test_a_font_without_chinese_letters_never_draws_boxes(monkeypatch):
    monkeypatch.setattr(ImageDraw.ImageDraw, "text", lambda *_, **__: pytest.fail("drew a box"))
    latin = ImageFont.load_default(40)
    assert isinstance(latin, ImageFont.FreeTypeFont)
    draw(TITLE, "非法添加", font=lambda: latin)


def test_a_host_without_fonts_or_fc_list_finds_none(monkeypatch):
    def missing(*_args, **_options):
        raise FileNotFoundError("fc-list")

    monkeypatch.setattr(cover, "FONTS", ("/nowhere/font.ttc",))
    monkeypatch.setattr(cover.subprocess, "run", missing)
    assert find_font.__wrapped__() is None


@needs_font
def test_words_stay_inside_the_middle_square(monkeypatch):
    ends = []

    def measure(_brush, place, text, font, **_options):
        ends.append((place[0] / cover.SHARP, (place[0] + font.getlength(text)) / cover.SHARP))

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", measure)
    for title in (TITLE, "A" * 300, "一" * 200, "某酒楼案"):
        draw(title, "保健食品虚假宣传")
    assert min(start for start, _ in ends) > 383
    assert max(end for _, end in ends) < (900 + 383) / 2


# --- uploaded pictures


def test_a_photo_comes_back_upright_and_without_its_place():
    uploaded = photo(exif=noted(orientation=6), comment=b"secret-place")
    assert opened(uploaded).getexif().get_ifd(GPS)
    picture = check(uploaded)
    assert (picture.mime, picture.width, picture.height) == ("image/jpeg", 20, 40)
    assert not opened(picture.content).getexif()
    assert b"secret-place" not in picture.content
    assert b"Exif" not in picture.content


def test_a_png_keeps_its_transparency_and_loses_its_notes():
    picture = check(photo("PNG", "RGBA", exif=noted()))
    assert (picture.mime, picture.width, picture.height) == ("image/png", 40, 20)
    assert opened(picture.content).mode == "RGBA"
    assert b"secret-place" not in picture.content


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "L"), ("PNG", "P"), ("MPO", "RGB")]
)
def test_unusual_but_valid_pictures_are_taken(kind, mode):
    picture = check(photo(kind, mode))
    assert opened(picture.content).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "不是 JPEG 或 PNG"),
        (b"<svg onload=alert(1)>", "不是 JPEG 或 PNG"),
        (photo("GIF", "L"), "不是 JPEG 或 PNG"),
        (photo("PNG")[:-30], "损坏"),
        (photo(size=(400, 400))[:700], "损坏"),
        (png_header(5_001, 5_000), "5001×5000 像素，超过 2500 万"),
        (png_header(60_000, 60_000), "像素过多，超过 2500 万"),
        (photo() + bytes(10 * 1024 * 1024), "超过 10 MB"),
    ],
)
def test_what_is_no_safe_picture_is_refused_with_its_reason(content, reason):
    with pytest.raises(ContentError, match=reason):
        check(content)


@pytest.mark.parametrize("side", [5_001, 9_000, 60_000])
def test_a_picture_is_measured_before_it_is_unpacked(monkeypatch, side):
    monkeypatch.setattr(Image.Image, "load", None)
    monkeypatch.setattr(ImageFile.ImageFile, "load", None)
    with pytest.raises(ContentError, match="像素"):
        check(png_header(side, side))


def test_one_picture_is_unpacked_at_a_time(monkeypatch):
    at_once, most = [], []

    def unpack(image):
        at_once.append(image)
        most.append(len(at_once))
        threading.Event().wait(0.01)
        at_once.pop()

    monkeypatch.setattr(cover, "_clean", unpack)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(check, [photo()] * 8))
    assert max(most) == 1


def test_a_large_picture_is_made_to_fit_an_article():
    buffer = io.BytesIO()
    Image.effect_noise((2400, 1200), 90).convert("RGBA").save(buffer, "PNG")
    large = Picture("image/png", 2400, 1200, buffer.getvalue())
    fitted = fit(large)
    assert len(fitted.content) < 1_000_000
    assert opened(fitted.content).size == (fitted.width, fitted.height)
    assert fitted.width == 2 * fitted.height
    assert fit(fitted) is fitted
