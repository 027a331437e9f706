"""Covers of articles: drawn when none was uploaded, checked when one was.

A cover is 900 x 383 pixels (2.35:1). WeChat also cuts a square out of it, from the left or from the middle,
so nothing that must be read crosses the edge of either square: the shield fills the left one, the words the
middle one, and the category's motif stands right of both.
"""

import io
import re
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from content.errors import ContentError
from content.exposure.motifs import GOLD, MOTIFS, SHARP, WHITE, Colour, Pen, grain, mix, shield, wreath
from content.submissions.categories import CATEGORIES

WIDTH, HEIGHT = 900, 383
DRAWN_BYTES = 64_000
UPLOAD_BYTES = 10 * 1024 * 1024
UPLOAD_PIXELS = 25_000_000  # five kilobytes may unpack to all the memory there is; telephones take 24 million
ARTICLE_BYTES = 1_000_000  # the platform takes pictures inside an article below this size

TEXT_LEFT, TEXT_WIDTH = 390, 240
TITLE_SIZES = range(46, 19, -2)
TITLE_LINES = 4
LABEL_SIZE = 20

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/adobe-source-han-sans/SourceHanSansCN-Bold.otf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
)

_unpacked = threading.Lock()
"""One picture is unpacked at a time: each takes some 200 MB, whoever asks."""


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to keep and to send; width and height in pixels."""

    mime: str
    width: int
    height: int
    content: bytes


Font = ImageFont.FreeTypeFont
FontFinder = Callable[[], Font | None]


@lru_cache(maxsize=1)
def find_font() -> Font | None:
    """An installed font with Chinese letters, looked for once; None where there is none."""
    for path in (*FONTS, *_listed_fonts()):
        font = _open_font(path)
        if font and _can_write(font, "食品安全"):
            return font
    return None


def _listed_fonts() -> list[str]:
    try:
        listing = subprocess.run(
            ["/usr/bin/fc-list", ":lang=zh", "file"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return sorted(line.rstrip(": ") for line in listing.stdout.splitlines())


def _open_font(path: str) -> Font | None:
    """The font, and of a collection its simplified Chinese face: the first is often Japanese."""
    faces: list[Font] = []
    try:
        while len(faces) < 12:
            faces.append(ImageFont.truetype(path, 40, index=len(faces)))
    except OSError:  # no such file, not a font, or past the last face
        pass
    return next((face for face in faces if "SC" in str(face.getname()[0]).split()), faces[0] if faces else None)


def _can_write(font: Font, text: str) -> bool:
    """Whether the font has every letter; a missing one would be drawn as a box."""
    missing = bytes(font.getmask("\U0010fffd"))
    return all(letter.isspace() or bytes(font.getmask(letter)) != missing for letter in text)


def draw(title: str, label: str, *, seed: str = "", font: FontFinder = find_font) -> bytes:
    """A cover as JPEG of 900 x 383 pixels and at most 64 KB.

    The label chooses colour and motif; a label that is no category gets those of 其他. Title and label are
    written only with a font that has all their letters. `seed` varies the scattered grains.
    """
    other = CATEGORIES["other"]
    category = next((one for one in CATEGORIES.values() if one.label == label), other)
    colour = ImageColor.getrgb(category.colour)[:3]
    canvas = Image.new("RGB", (WIDTH * SHARP, HEIGHT * SHARP), mix(colour, WHITE, 0.93))
    brush = ImageDraw.Draw(canvas)
    _backdrop(brush, colour, seed or title)
    shield(Pen(brush, 160, 188, 1.02, colour))
    face = font()
    written = face is not None and _write(brush, face, title, label, colour)
    right = Pen(brush, 766, 191, 0.92, colour)
    if not written:
        wreath(right, right.tint(0.7))
    _medallion(right if written else replace(right, x=508), MOTIFS[category.motif])
    return _jpeg(canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS))


def _backdrop(brush: ImageDraw.ImageDraw, colour: Colour, seed: str) -> None:
    """Scattered grains on the light side, the disc behind the shield on the dark one."""
    numbers = sha256(seed.encode()).digest()
    pen = Pen(brush, 0, 0, 1, colour)
    for column in range(8):
        for row in range(4):
            jitter = numbers[column * 4 + row]
            x, y = 330 + column * 80 + jitter % 40, 20 + row * 105 + jitter // 5
            grain(pen, pen.tint(0.87), x, y, jitter / 40, 13)
    for fill, radius in ((pen.tint(0.55), 308), (GOLD, 300), (mix(colour, (0, 0, 0), 0.18), 296)):
        pen.oval(fill, 60 - radius, 191 - radius, 60 + radius, 191 + radius)
    pen.oval(colour, 10, 41, 310, 341)


def _medallion(pen: Pen, motif: Callable[[Pen], None]) -> None:
    pen.oval(pen.tint(0.75), -126, -126, 126, 126)
    pen.oval(WHITE, -121, -121, 121, 121)
    motif(pen)


def _write(brush: ImageDraw.ImageDraw, font: Font, title: str, label: str, colour: Colour) -> bool:
    """Writes the label on a chip and the title below it; False when the font lacks a letter of the title."""
    if not _can_write(font, title) or not title.strip():
        return False
    size, lines = _fitted(font, title)
    step = size * 1.32
    chip = LABEL_SIZE * 1.9 if label and _can_write(font, label) else 0
    top = (HEIGHT - chip - len(lines) * step) / 2
    if chip:
        _write_label(brush, _sized(font, LABEL_SIZE), label, top - 8, colour)
    face = _sized(font, size)
    for number, line in enumerate(lines):
        middle = top + chip + 8 + (number + 0.5) * step
        brush.text(
            (TEXT_LEFT * SHARP, middle * SHARP),
            line,
            font=face,
            fill=mix(colour, (0, 0, 0), 0.45),
            anchor="lm",
        )
    return True


def _write_label(brush: ImageDraw.ImageDraw, face: Font, label: str, top: float, colour: Colour) -> None:
    width, height = face.getlength(label) / SHARP + 24, LABEL_SIZE * 1.7
    pen = Pen(brush, TEXT_LEFT, top, 1, colour)
    pen.box(colour, 4, 0, 0, width, height)
    brush.text(((TEXT_LEFT + 12) * SHARP, (top + height / 2) * SHARP), label, font=face, fill=WHITE, anchor="lm")


def _sized(font: Font, size: int) -> Font:
    return font.font_variant(size=size * SHARP)


def _fitted(font: Font, title: str) -> tuple[int, list[str]]:
    """The largest size, in pixels, at which the title fits, and its lines; a longer title is cut."""
    for size in TITLE_SIZES:
        face = _sized(font, size)
        lines = _lines(face, title, TEXT_WIDTH)
        if len(lines) <= TITLE_LINES and _within(face, lines, TEXT_WIDTH):
            return size, _even(face, title, lines)
    lines = lines[:TITLE_LINES]
    lines[-1] = lines[-1][:-1] + "…"
    return size, lines


def _even(face: Font, title: str, lines: list[str]) -> list[str]:
    """The same number of lines, as equally long as they can be: no single letter on the last."""
    for width in range(TEXT_WIDTH // 2, TEXT_WIDTH, 6):
        narrower = _lines(face, title, width)
        if len(narrower) == len(lines) and _within(face, narrower, width):
            return narrower
    return lines


def _within(face: Font, lines: list[str], width: int) -> bool:
    return all(face.getlength(line) <= width * SHARP for line in lines)


# A word or one Chinese letter, with the punctuation that must not be parted from it.
_UNIT = re.compile(r"[（《〈“‘「『【]*(?:[!-~]{1,12}|.)[，。、；：？！）》〉”’」』】…]*", re.DOTALL)


def _lines(face: Font, title: str, width: int) -> list[str]:
    lines = [""]
    for unit in _UNIT.findall(" ".join(title.split())):
        if lines[-1] and face.getlength((lines[-1] + unit).rstrip()) > width * SHARP:
            lines.append("")
        lines[-1] = (lines[-1] + unit).lstrip()
    return [line.rstrip() for line in lines]


def _jpeg(image: Image.Image, limit: int = DRAWN_BYTES) -> bytes:
    """The image as JPEG, in the best quality that stays within the limit in bytes."""
    for quality in (92, 86, 80, 70, 60):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True)
        if buffer.tell() <= limit:
            break
    return buffer.getvalue()


def check(content: bytes) -> Picture:
    """An uploaded JPEG or PNG, turned upright and without EXIF or any other note on where it was taken.

    Raises ContentError for more than 10 MB, more than 25 million pixels, another format or a damaged file.
    """
    if len(content) > UPLOAD_BYTES:
        raise ContentError(f"图片有 {len(content) / 1024**2:.1f} MB，超过 10 MB 的上限。请压缩后再上传。")
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > UPLOAD_PIXELS:
                raise _too_large(f"有 {image.width}×{image.height} 像素")
            with _unpacked:
                return _clean(image)
    except UnidentifiedImageError:
        raise ContentError("这个文件不是 JPEG 或 PNG 图片。请另存为 JPEG 或 PNG 后再上传。") from None
    except Image.DecompressionBombError:
        raise _too_large("的像素过多") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise ContentError("图片文件已损坏，打不开。请重新导出后再上传。") from error


def fit(picture: Picture, limit: int = ARTICLE_BYTES) -> Picture:
    """The picture itself when it is below the limit in bytes, else a smaller JPEG of it that is."""
    if len(picture.content) < limit:
        return picture
    with _unpacked, Image.open(io.BytesIO(picture.content)) as image:
        flat = Image.new("RGB", image.size, WHITE)
        flat.paste(image, mask=image if image.mode == "RGBA" else None)
        flat.thumbnail((1920, 1920))
    for side in (1920, 1280, 800):
        flat.thumbnail((side, side))
        content = _jpeg(flat, limit - 1)
        if len(content) < limit:
            break
    return Picture("image/jpeg", flat.width, flat.height, content)


def _too_large(what: str) -> ContentError:
    return ContentError(f"图片{what}，超过 {UPLOAD_PIXELS // 10_000} 万像素的上限。请缩小后再上传。")


def _clean(image: Image.Image) -> Picture:
    is_png = image.format == "PNG"  # a telephone's JPEG may call itself MPO
    upright = ImageOps.exif_transpose(image)
    bare = upright.convert("RGBA" if is_png and upright.has_transparency_data else "RGB")
    bare.info = {}  # comments and profiles would be written again
    buffer = io.BytesIO()
    if is_png:
        bare.save(buffer, "PNG")
    else:
        bare.save(buffer, "JPEG", quality=92, optimize=True)
    return Picture(f"image/{'png' if is_png else 'jpeg'}", bare.width, bare.height, buffer.getvalue())
