"""A project's folder: its configuration, sources and theme, read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import Problem, SourceError
from generator.ingest.catalogues import LOCALE
from generator.ingest.config import config as read_config
from generator.ingest.frontmatter import load_yaml
from generator.model import Config, Tree
from generator.shell.disk import read_folder

CONFIG = "ssg.yml"


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that a build reads."""

    root: Path
    config: Config
    sources: Tree
    theme: Tree

    @property
    def output(self) -> Path:
        """The folder that the site is written to."""
        return self.root / self.config.output


def read_config_of(root: Path) -> Config:
    """Return the configuration in *root*; the defaults where there is no `ssg.yml`.

    :raises SourceError: with everything that is wrong with it.
    """
    path = root / CONFIG
    if not path.exists():
        return Config()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            [Problem(CONFIG, 0, 0, f"is not UTF-8 (byte {error.start}) – save it in that encoding")]
        ) from None
    return read_config(text, CONFIG)


def configured(root: Path, override: Callable[[Config], Config] = lambda config: config) -> Config:
    """Return the configuration in *root* with the command line's say.

    :raises SourceError: with everything that is wrong with it, and with the sources too, so that nobody has to
        mend one thing to hear of the next.
    """
    try:
        return override(read_config_of(root))
    except SourceError as error:
        from generator.pipeline import problems_of

        others = problems_of(_sources(root), override(Config()))
        raise SourceError([*error.problems, *others]) from None


def _sources(root: Path) -> Tree:
    return {**read_folder(root, "seeds"), **read_folder(root, "content")}


def read_project(root: Path, config: Config) -> Project:
    """Return what a build of the project in *root* is made from.

    :raises SourceError: for unreadable sources, or an unknown theme.
    """
    sources = _sources(root)
    if not sources and not (root / "seeds").is_dir() and not (root / "content").is_dir():
        message = "there is nothing to build from – make the folder and put captured articles into it"
        raise SourceError([Problem("seeds/", 0, 0, message)])
    return Project(root, config, sources, theme_of(root, config.theme))


def theme_of(root: Path, name: str) -> Tree:
    """Return the theme *name*, laid over the themes that it extends.

    A theme is looked for in the project's `themes/`, then among those that come with the program.

    :raises SourceError: if there is none of that name, or themes extend each other in a circle.
    """
    layers: list[Tree] = [_catalogues(root)]
    seen: list[str] = []
    place = CONFIG
    while name:
        if name in seen:
            raise SourceError([Problem(place, 0, 0, f"theme {name!r} extends itself – remove one `extends`")])
        seen.append(name)
        tree = _theme(root, name, place)
        layers.insert(1, tree)
        place = f"themes/{name}/theme.yml"
        header = load_yaml(tree.get("theme.yml", b"").decode("utf-8", "replace"), place)
        extends = header.get("extends", "")
        name = extends if isinstance(extends, str) else ""
    return {path: data for tree in layers for path, data in tree.items()}


def _catalogues(root: Path) -> Tree:
    """The program's own strings, which every theme prints; they lie below whatever catalogues a theme brings."""
    default = _theme(root, Config().theme, CONFIG)
    return {path: data for path, data in default.items() if path.startswith(LOCALE)}


def _theme(root: Path, name: str, place: str) -> Tree:
    for folder in (root / "themes", *packaged_themes()):
        if (folder / name).is_dir() and "/" not in name and not name.startswith("."):
            return {path.removeprefix(f"{name}/"): data for path, data in read_folder(folder, name).items()}
    message = f"there is no theme {name!r} – put it into themes/{name}/, or use `theme: default`"
    raise SourceError([Problem(place, 0, 0, message)])


def packaged_themes() -> tuple[Path, ...]:
    """Return where the program's own themes may lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    return package / "themes", package.parent / "themes"


def overridden(config: Config, *, output: str | None, base_url: str | None, drafts: bool, jobs: int | None) -> Config:
    """Return *config* with what the command line says instead.

    :raises ValueError: if the base URL is none.
    """
    from generator.ingest.config import base_url as normal

    return replace(
        config,
        output=output if output is not None else config.output,
        base_url=normal(base_url) if base_url is not None else config.base_url,
        drafts=drafts or config.drafts,
        jobs=jobs if jobs is not None else config.jobs,
    )
