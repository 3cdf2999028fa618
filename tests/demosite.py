"""The site of `tests/demo`: four invented stories in four languages, as a mapping of paths to bytes and on a disk.

Beside it, sites that show what it does not: a long story of many tellings, a single telling, nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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


@cache
def long_story(tellings: int = 14, shared: int = 20) -> dict[str, bytes]:
    """Return a site of one long story, of so many tellings that share so many sentences."""
    return dict(build(seeds(tellings, shared), theme_of(DEMO, "default"), Config()).files)


@cache
def alone() -> dict[str, bytes]:
    """Return a site of one telling, of two that say the same, and of two that have nothing in common."""
    sources = {
        "seeds/owl/courier.txt": b"An owl has moved into the tower.\n\nThe keeper feeds it.",
        "seeds/clock/courier.txt": b"The clock of Stenby rests until May.\n\nNobody is late.",
        "seeds/clock/wire.txt": b"The clock of Stenby rests until May.\n\nNobody is late.\n",
        "seeds/apart/courier.txt": b"Twelve farms send sheep to the spring sale of wool.",
        "seeds/apart/wire.txt": b"A crane fell into the river at dawn.",
    }
    return dict(build(sources, theme_of(DEMO, "default"), Config()).files)


@cache
def empty() -> dict[str, bytes]:
    """Return a site of no story."""
    return dict(build({}, theme_of(DEMO, "default"), Config()).files)


WORKS = ("harbour", "bridge", "market", "tower", "school")
SEASONS = tuple("long short busy quiet wet dry late early mild harsh dull bright thin rich".split())
PLACES = ("north", "south", "east", "west")


def seeds(tellings: int, shared: int = 20) -> dict[str, bytes]:
    """Return captures of one long story: each leaves something out, words something otherwise and adds a bit."""
    found = {}
    for telling in range(tellings):
        lines = [
            f"The {WORKS[at % 5]} in the {PLACES[at % 4]} {'is to' if (at + telling) % 3 else 'will'} be closed for "
            f"{at + 20} days after {'cracks' if (at + telling) % 4 else 'faults'} were found in bearing {at}."
            for at in range(shared)
            if (at * 7 + telling * 3) % 5
        ]
        quote = (
            f"“We {'did not see' if telling % 3 else 'never saw'} any danger to ships,” harbour master Ines Vold said."
        )
        season = f"The harbour office expects a {SEASONS[telling % 14]} season for the ferry and the shops on the quay."
        own = f"Reader {telling} wrote to us about {WORKS[telling % 5]} number {telling} and its {telling + 30} steps."
        found[f"seeds/long/paper-{telling:02}.txt"] = "\n\n".join([*lines, season, quote, own]).encode()
        found[f"seeds/long/paper-{telling:02}.yml"] = f"outlet: The Paper of {telling}\ndate: 2031-03-01\n".encode()
    return found


#: A part of an address that names one of many pages of a kind, and the folder that says of which kind.
NAMED = re.compile(r"\b(stories|outlets|archive|embed|tags|notes)/(?!index)[^/]+")


def kinds(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return one HTML page of each kind that a site has, the one with most on it, by its path."""
    chosen: dict[str, tuple[str, bytes]] = {}
    for path, data in found.items():
        if path.endswith(".html"):
            kind = re.sub(r"(diff|versions)/(?!sources/)((?:[^/]+/)*)index", _starred, NAMED.sub(r"\1/*", path))
            kind = re.sub(r"^stories/\*/(?!diff|versions|index)[^/]+", "stories/*/*", kind)
            if kind not in chosen or len(data) > len(chosen[kind][1]):
                chosen[kind] = (path, data)
    return dict(chosen.values())


def _starred(found: re.Match[str]) -> str:
    """A star for each part below a story's pairs or versions."""
    return f"{found[1]}/{'*/' * found[2].count('/')}index"


def laid(folder: Path, found: Mapping[str, bytes] | None = None, **chosen: object) -> Path:
    """Write the demo's site, or another, into a folder and return that."""
    for path, data in (site(**chosen) if found is None else found).items():  # type: ignore[arg-type]
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
