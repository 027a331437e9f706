"""Temporary and permanent media.

Sources: doc/offiaccount/Asset_Management/New_temporary_materials.html,
doc/offiaccount/Asset_Management/Adding_Permanent_Assets.html.
"""

from typing import Any

from bot.simulator.errors import Refusal, require
from bot.simulator.records import Ask, File
from bot.simulator.world import World

MIB = 1024 * 1024
PICTURES = {"image/jpeg", "image/png", "image/gif", "image/bmp"}
# kind: what the content may be, largest size in bytes, code when it is larger
KINDS: dict[str, tuple[set[str], int, int]] = {
    "image": (PICTURES, 10 * MIB, 40009),
    "voice": ({"audio/amr", "audio/mpeg"}, 2 * MIB, 40006),
    "video": ({"video/mp4"}, 10 * MIB, 40006),
    "thumb": ({"image/jpeg", "image/png"}, 64 * 1024, 40006),
}
MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
)

Row = dict[str, Any]


def mime_of(content: bytes) -> str:
    """The MIME type told by the first bytes."""
    found = (mime for at, magic, mime in MAGIC if content[at:].startswith(magic))
    return next(found, "application/octet-stream")


def upload(world: World, ask: Ask) -> Row:
    """media/upload: a temporary medium, good for three days."""
    kind, file = _checked(ask)
    key = world.keep_media(file, kind)
    return {"type": kind, "media_id": key, "created_at": world.stamp()}


def upload_image(world: World, ask: Ask) -> Row:
    """media/uploadimg: a picture for the body of an article; JPEG or PNG below 1 MB; gives its URL."""
    file = _file(ask)
    require(file.mime in {"image/jpeg", "image/png"}, 40005)
    require(len(file.content) < MIB, 40009)
    return {"url": world.media_url(world.keep_media(file, "article_image", permanent=True))}


def get(world: World, ask: Ask) -> Row | File:
    """media/get: the bytes of a temporary medium, or for a video where to download it."""
    key = ask.query.get("media_id", "")
    require(key, 41006)
    found = world.media(key, permanent=False)
    if found["kind"] == "video":
        return {"video_url": world.media_url(key)}
    return file_of(world, key)


def add_material(world: World, ask: Ask) -> Row:
    """material/add_material: a permanent medium; pictures also get a URL."""
    kind, file = _checked(ask)
    key = world.keep_media(file, kind, permanent=True)
    return {"media_id": key} | ({"url": world.media_url(key)} if kind in {"image", "thumb"} else {})


def get_material(world: World, ask: Ask) -> Row | File:
    """material/get_material: the bytes of a permanent medium."""
    key = str(ask.body.get("media_id", ""))
    world.media(key, permanent=True)
    return file_of(world, key)


def delete_material(world: World, ask: Ask) -> Row:
    """material/del_material: forget a permanent medium."""
    key = str(ask.body.get("media_id", ""))
    world.media(key, permanent=True)
    world.memory.drop("media", key)
    return {}


def count_material(world: World, ask: Ask) -> Row:
    """material/get_materialcount: how many permanent media of each kind there are."""
    kinds = [row["kind"] for _, row in world.memory.rows("media") if row["until"] == 0]
    count = {f"{kind}_count": kinds.count(kind) for kind in ("voice", "video", "image")}
    return {**count, "news_count": 0}


def file_of(world: World, key: str) -> File:
    """The bytes of a living medium. Raises Refusal 40007."""
    found = world.media(key)
    content = world.memory.content("media", key)
    if content is None:
        raise Refusal(40007)
    return File(content, found["mime"], found["name"] or key)


def _file(ask: Ask) -> File:
    if ask.file is None or not ask.file.content:
        raise Refusal(41005)
    return File(ask.file.content, mime_of(ask.file.content), ask.file.name)


def _checked(ask: Ask) -> tuple[str, File]:
    kind = ask.query.get("type", "") or str(ask.body.get("type", ""))
    require(kind in KINDS, 40004)
    file = _file(ask)
    allowed, limit, too_large = KINDS[kind]
    require(file.mime in allowed, 40005)
    require(len(file.content) <= limit, too_large)
    return kind, file


CALLS = {
    "media/upload": ("POST", upload),
    "media/uploadimg": ("POST", upload_image),
    "media/get": ("GET", get),
    "material/add_material": ("POST", add_material),
    "material/get_material": ("POST", get_material),
    "material/del_material": ("POST", delete_material),
    "material/get_materialcount": ("GET", count_material),
}
