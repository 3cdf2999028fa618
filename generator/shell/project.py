"""A project's folder: its configuration, sources and theme, read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.ingest.catalogues import LOCALE
from generator.ingest.fields import Fields
from generator.ingest.frontmatter import load_yaml
from generator.ingest.settings import THEME_KEYS
from generator.model import Config, Tree
from generator.shell.clock import today
from generator.shell.disk import read_folder
from generator.shell.settings import place_of, settings_of
from generator.shell.states import Sources, no_folder
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.hooks import Hooks

CONFIG = "ssg.yml"
TEMPLATES = "templates/"


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that a build reads."""

    root: Path
    config: Config
    sources: Tree
    theme: Tree
    hooks: Hooks

    @property
    def output(self) -> Path:
        """The folder that the site is written to."""
        return self.root / self.config.output


def read_config_of(root: Path, assignments: Sequence[str] = ()) -> Config:
    """Return the configuration in *root*; the defaults where there is no `ssg.yml`.

    :param assignments: what `--set` says.
    :raises SourceError: with everything that is wrong with it.
    """
    config = settings_of(root, assignments).config
    return replace(config, as_of="" if config.future else config.as_of or today())


def configured(
    root: Path, override: Callable[[Config], Config] = lambda config: config, assignments: Sequence[str] = ()
) -> Config:
    """Return the configuration in *root* with the command line's say.

    :raises SourceError: with everything that is wrong with it, and with the sources too, so that nobody has to
        mend one thing to hear of the next.
    """
    try:
        return override(read_config_of(root, assignments))
    except SourceError as error:
        from generator.gathered import problems_of

        others = problems_of(sources_of(root), override(Config()))
        raise SourceError([*error.problems, *others]) from None


def sources_of(root: Path) -> Tree:
    """Return the files of seeds/ and content/, by path; empty where there are none.

    :raises SourceError: for files that cannot be read.
    """
    return {**read_folder(root, "seeds"), **read_folder(root, "content")}


def load(folder: Path) -> Project:
    """Return what a build of the project in *folder* is made from, its `ssg.yml` included.

    :raises SourceError: with everything that is wrong with the configuration, or for unreadable sources.
    """
    return read_project(folder, configured(folder))


def read_project(root: Path, config: Config, sources: Tree | None = None) -> Project:
    """Return what a build of the project in *root* is made from.

    :param sources: its seeds and content, where they have been read already.
    :raises SourceError: for unreadable sources, or an unknown theme.
    """
    return _project(root, config, sources_of(root) if sources is None else sources)


def opened(root: Path, config: Config, states: Mapping[str, str], *, keep_going: bool = False) -> Project:
    """Return what a build of the project in *root* is made from, with sources that are read when they are asked for.

    :param states: path → state of every file, those that are no sources too (see `generator.shell.states`).
    :param keep_going: whether sources that cannot be read are told only to whoever asks for them.
    :raises SourceError: for sources that cannot be read, or an unknown theme.
    """
    refuse_no_folders(states)
    found = {path: state for path, state in states.items() if path.startswith(("seeds/", "content/"))}
    return _project(root, config, Sources(root, found, keep_going=keep_going))


def refuse_no_folders(states: Mapping[str, str]) -> None:
    """Make sure that the folders of sources are folders that can be read: nobody knows what they hold otherwise.

    :raises SourceError: for a symbolic link, a file, or a folder out of reach.
    """
    wrong = [Problem(name, 0, 0, no_folder(states[name])) for name in ("seeds", "content") if name in states]
    if wrong:
        raise SourceError(wrong)


def _project(root: Path, config: Config, sources: Tree) -> Project:
    from generator.shell.hooks import hooks_of

    if not sources and not (root / "seeds").is_dir() and not (root / "content").is_dir():
        message = (
            "there is nothing to build from – make the folder and put captured articles into it, or begin with ssg init"
        )
        raise SourceError([Problem("seeds/", 0, 0, message)])
    return Project(root, config, sources, theme_of(root, config.theme), hooks_of(root))


def drawable(project: Project) -> Project:
    """Return a project that has pictures only if they can be drawn: the library that does so may not be installed."""
    from generator.prepared import has_cards

    enabled = has_cards(project.theme, project.config) and find_spec("PIL") is not None
    return replace(project, config=replace(project.config, cards_enabled=enabled))


def theme_of(root: Path, name: str) -> Tree:
    """Return the theme *name*, laid over the themes that it extends.

    A theme is looked for in the project's `themes/`, then among those that come with the program.

    :raises SourceError: if there is none of that name, or themes extend each other in a circle.
    """
    layers: list[Tree] = [_catalogues(root)]
    seen: list[str] = []
    asked, place = name, None
    while name:
        if name in seen:
            raise SourceError([_at(root, asked, place, f"theme {name!r} extends itself – remove one `extends`")])
        seen.append(name)
        tree = _theme(root, name)
        if tree is None:
            message = f"there is no theme {name!r} – put it into themes/{name}/, or use `theme: default`"
            raise SourceError([_at(root, asked, place, message)])
        layers.insert(1, {**_named(tree, name), **tree})
        path = f"themes/{name}/theme.yml"
        fields = Fields(load_yaml(tree.get("theme.yml", b"").decode("utf-8", "replace"), path), path)
        fields.refuse_unknown(THEME_KEYS)
        for key in THEME_KEYS:
            fields.text(key)
        if fields.problems:
            raise SourceError(fields.problems)
        name, place = fields.text("extends"), (path, *fields.header.place("extends"))
    return {path: data for tree in layers for path, data in tree.items()}


def _at(root: Path, asked: str, place: tuple[str, int, int] | None, message: str) -> Problem:
    """Return what is wrong with a theme, at the place that names it: the settings, if it is no other theme's."""
    return Problem(*(place or (CONFIG, *place_of(root, "theme", asked))), message)


def _named(tree: Tree, name: str) -> Tree:
    """A theme's templates under its own name too: `default/base.html`, for themes that extend it one by one."""
    return {
        f"{TEMPLATES}{name}/{path.removeprefix(TEMPLATES)}": data
        for path, data in tree.items()
        if path.startswith(TEMPLATES)
    }


def _catalogues(root: Path) -> Tree:
    """The program's own strings, which every theme prints; they lie below whatever catalogues a theme brings."""
    default = _theme(root, Config().theme) or {}
    return {path: data for path, data in default.items() if path.startswith(LOCALE)}


def _theme(root: Path, name: str) -> Tree | None:
    """Return one theme's own files; None if there is none of that name."""
    for folder in (root / "themes", *packaged_themes()):
        if (folder / name).is_dir() and "/" not in name and not name.startswith("."):
            return {path.removeprefix(f"{name}/"): data for path, data in read_folder(folder, name).items()}
    return None


def packaged_themes() -> tuple[Path, ...]:
    """Return where the program's own themes may lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    return package / "themes", package.parent / "themes"


def are_ours(theme: Tree, names: re.Pattern[bytes]) -> bool:
    """Return whether all templates of a theme that have some names in them are those that come with the program."""
    default = f"{Config().theme}/"
    return all(
        not names.search(data) or data == _ours(path.removeprefix(TEMPLATES).removeprefix(default))
        for path, data in theme.items()
        if path.startswith(TEMPLATES)
    )


def _ours(name: str) -> bytes | None:
    """Return a template of the default theme; None if there is none of that name."""
    for folder in packaged_themes():
        with suppress(OSError):
            return (folder / Config().theme / TEMPLATES / name).read_bytes()
    return None


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
