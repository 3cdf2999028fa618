"""A project's settings: `ssg.yml`, over it the environment (`SSG_TITLE`), over that the command line (`--set`)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.errors import Problem, SourceError
from generator.ingest.config import PATH, Layer, Settled, assigned, environment, settled, stated
from generator.ingest.texts import decoded

#: What the file is called where nobody has looked that up.
OTHER = "ssg.yaml"


def settings_of(root: Path, assignments: Sequence[str] = ()) -> Settled:
    """Return the configuration in *root* and where each setting comes from; the defaults where there is no `ssg.yml`.

    :param assignments: `KEY=VALUE`, as `--set` is given them; they win, the environment wins over the file.
    :raises SourceError: with everything that is wrong with any of them.
    """
    layers: list[Layer] = []
    problems: list[Problem] = []
    for read in (_file(root), *(_assigned(text) for text in assignments)):
        if isinstance(read, Layer):
            layers.append(read)
        else:
            problems += read
    layers[1:1] = environment(os.environ)
    try:
        found = settled(layers)
    except SourceError as error:
        raise SourceError([*problems, *error.problems]) from None
    if problems:
        raise SourceError(problems)
    return found


def _file(root: Path) -> Layer | list[Problem]:
    path = root / PATH
    if (root / OTHER).exists():
        way = f"put both into {PATH}, and delete this one" if path.exists() else f"rename it to {PATH}"
        return [Problem(OTHER, 0, 0, f"is not read – {way}")]
    if not path.exists():
        return stated("")
    try:
        text = decoded(path.read_bytes(), PATH)
        return [text] if isinstance(text, Problem) else stated(text)
    except OSError as error:
        return [Problem(PATH, 0, 0, f"cannot be read ({error.strerror}) – check its permissions")]
    except SourceError as error:
        return list(error.problems)


def place_of(root: Path, key: str, value: str) -> tuple[int, int]:
    """Return line and column at which the project's file gives *key* this value; zeros where it does not."""
    read = _file(root)
    if isinstance(read, Layer) and read.header.get(key, "") == value:
        return read.header.place(key)
    return 0, 0


def _assigned(text: str) -> Layer | list[Problem]:
    key, sign, value = text.partition("=")
    if not (sign and key.strip()):
        return [Problem(f"--set {text}", 0, 0, "expected KEY=VALUE")]
    try:
        return assigned(f"--set {text}", key.strip(), value.strip())
    except SourceError as error:
        return list(error.problems)


def lines(found: Settled) -> Iterator[str]:
    """Yield the configuration as a complete `ssg.yml`, each line with where its setting comes from."""
    from generator.ingest.frontmatter import dump_yaml
    from generator.ingest.settings import SETTINGS

    section = ""
    for setting in SETTINGS:
        if setting.section != section:
            section = setting.section
            yield f"{section}:"
        value = written(getattr(found.config, setting.field))
        text = dump_yaml({setting.name: value}, "  " if section else "").rstrip("\n")
        first, *rest = text.split("\n")
        yield f"{first.ljust(39)} # {found.origins[setting.key]}"
        yield from rest


def written(value: object) -> str | bool | int | float | dict[str, dict[str, str]]:
    """Return a setting's value as it is written in the file."""
    if isinstance(value, tuple):
        keys = ("name", "homepage", "country", "language", "colour", "logo")
        return {outlet.slug: {key: text for key in keys if (text := getattr(outlet, key))} for outlet in value}
    return value if isinstance(value, str | bool | int | float) else str(value)
