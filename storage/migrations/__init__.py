"""Numbered SQL files of this folder, each applied once: name -> what it says, in their order."""

from importlib.resources import files

MIGRATIONS = {
    file.name.removesuffix(".sql"): file.read_text(encoding="utf-8")
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name)
    if file.name.endswith(".sql")
}
