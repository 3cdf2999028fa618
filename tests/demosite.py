"""The site of `tests/demo`: four invented stories in four languages, as a mapping of paths to bytes and on a disk."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from generator.ingest.config import config
from generator.model import Config
from generator.pipeline import build
from generator.shell.project import theme_of

DEMO = Path(__file__).parent / "demo"


@cache
def settings() -> Config:
    """Return the demo's configuration."""
    return config((DEMO / "ssg.yml").read_text(encoding="utf-8"))


@cache
def site(theme: str = "default", language: str = "en", search: bool = True, base_url: bool = True) -> dict[str, bytes]:
    """Return the demo as it is built with one of the program's themes, in one of its languages."""
    chosen = replace(settings(), theme=theme, language=language, search_enabled=search)
    chosen = chosen if base_url else replace(chosen, base_url="")
    sources = {p.relative_to(DEMO).as_posix(): p.read_bytes() for p in sorted(DEMO.rglob("*.md"))}
    return dict(build(sources, theme_of(DEMO, theme), chosen).files)


def laid(folder: Path, **chosen: object) -> Path:
    """Write the demo's site into a folder and return that."""
    for path, data in site(**chosen).items():  # type: ignore[arg-type]
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
