"""A project's `hooks.py`: functions of its own at the boundaries between the stages of a build.

Whatever it defines is called with finished values and returns others; it is run anew wherever it is needed, in worker
processes too, and its text is a part of what every story's cache key is made from.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final, get_args

from generator.errors import Problem, SourceError
from generator.hooks import Hooks
from generator.ingest.fields import is_date, is_language, is_web_address
from generator.ingest.suggest import did_you_mean
from generator.model import Article, Digest, Page, Rights
from generator.site.collisions import in_the_way

NAME: Final = "hooks.py"
FIELDS: Final[Mapping[str, tuple[str, Callable[[Any], bool]]]] = {
    "str": ("a text", lambda found: isinstance(found, str)),
    "bool": ("True or False", lambda found: isinstance(found, bool)),
    "int": ("a whole number", lambda found: isinstance(found, int)),
    "Rights": ("full, excerpt or link", lambda found: found in get_args(Rights)),
    "tuple[str, ...]": (
        "a tuple of texts",
        lambda found: isinstance(found, tuple) and all(isinstance(one, str) for one in found),
    ),
    "tuple": ("a tuple", lambda found: isinstance(found, tuple)),
    "Mapping": ("a mapping", lambda found: isinstance(found, Mapping)),
}
"""What a field of a value may hold, by its annotation, and how that is said."""
_DATE: Final = ("a date like 2025-07-03 or 2025-07-03T14:05+02:00", is_date)
STATED: Final[Mapping[str, tuple[str, Callable[[str], bool]]]] = {
    "date": _DATE,
    "updated": _DATE,
    "source_url": ("an address that begins with https://", is_web_address),
    "language": ("a language tag like en or pt-BR", is_language),
}
"""What an article's texts may be, as in its front matter, and how that is said."""
NAMES: Final = ("after_ingest", "after_compare", "before_render", "after_build")


def hooks_of(root: Path) -> Hooks:
    """Return the hooks of the project in *root*; such as do nothing where it has none.

    :raises SourceError: for a file that is no Python, fails when it is run, or names a hook that there is not.
    """
    path = root / NAME
    if not path.exists():
        return Hooks()
    try:
        return Written(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError([Problem(NAME, 0, 0, f"cannot be read ({error})")]) from None


class Written(Hooks):
    """Hooks that somebody has written; two of the same text are the same."""

    def __init__(self, text: str) -> None:
        """Run the text.

        :raises SourceError: with its line, where it fails.
        """
        super().__init__(text)
        module = ModuleType("hooks")
        _tried(lambda: exec(compile(text, NAME, "exec"), vars(module)), "cannot be run")  # noqa: S102 - the project's own code
        self._functions = {name: value for name, value in vars(module).items() if name in NAMES and callable(value)}
        for name, value in vars(module).items():
            if name in NAMES and value is not None and not callable(value):
                raise SourceError([Problem(NAME, 0, 0, f"{name}: expected a function, found {value!r:.60}")])
            if name.startswith(("after_", "before_")) and callable(value) and name not in NAMES:
                raise SourceError(
                    [Problem(NAME, _line_of(value), 0, f"there is no hook {name}{did_you_mean(name, NAMES)}")]
                )

    def __reduce__(self) -> tuple[type[Written], tuple[str]]:
        """Travel to a worker process as text."""
        return Written, (self.key,)

    def after_ingest(self, article: Article) -> Article:
        """Call the hook of that name."""
        found = self._called("after_ingest", article, Article)
        for name, (wanted, fits) in STATED.items():
            value = getattr(found, name)
            if value and value != getattr(article, name) and not fits(value):
                raise self._wrong("after_ingest", f"{wanted} as {name}, found {value!r:.60}")
        return found  # type: ignore[no-any-return]

    def after_compare(self, digest: Digest) -> Digest:
        """Call the hook of that name."""
        return self._called("after_compare", digest, Digest)  # type: ignore[no-any-return]

    def before_render(self, page: Page) -> Page | None:
        """Call the hook of that name."""
        found = self._called("before_render", page, Page, None)
        if found and found is not page and not _is_below(found.path):
            raise self._wrong("before_render", f"a path below the site's root, found {found.path!r}")
        return found  # type: ignore[no-any-return]

    def after_build(self, paths: tuple[str, ...]) -> Mapping[str, bytes]:
        """Call the hook of that name."""
        if "after_build" not in self._functions:
            return {}
        found = self._called("after_build", paths, Mapping)
        for path, data in found.items():
            if not isinstance(path, str) or not isinstance(data, bytes) or not _is_below(path):
                raise self._wrong("after_build", f"a file below the site's root as bytes, found {path!r}")
            if path in paths:
                raise self._wrong("after_build", f"new files only; {path} is there already")
        if pair := in_the_way(found.keys(), paths):
            raise self._wrong("after_build", f"new files only; {pair[0]} cannot be where {pair[1]} is")
        return dict(found)

    def _called(self, name: str, value: object, *kinds: Any) -> Any:
        function = self._functions.get(name)
        if not function:
            return value
        result = _tried(lambda: function(value), f"{name} failed")
        if not any(result is None if kind is None else isinstance(result, kind) for kind in kinds):
            raise self._wrong(name, f"{kinds[0].__name__} to be returned, found {type(result).__name__}")
        if misfit := _misfit(result, value):
            raise self._wrong(name, misfit)
        return result

    def _wrong(self, name: str, wanted: str) -> SourceError:
        return SourceError([Problem(NAME, _line_of(self._functions[name]), 0, f"{name}: expected {wanted}")])


def _tried(call: Callable[[], Any], what: str) -> Any:
    """Call, and turn whatever goes wrong into a problem at the line of `hooks.py` that it came from."""
    try:
        return call()
    except SyntaxError as error:
        raise SourceError([Problem(NAME, error.lineno or 0, error.offset or 0, f"{what}: {error.msg}")]) from None
    except (Exception, SystemExit) as error:  # whoever leaves the program would leave the site half built
        lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == NAME]
        said = f"{what}: {type(error).__name__}: {error}"
        raise SourceError([Problem(NAME, lines[-1] if lines else 0, 0, said)]) from None


def _is_below(path: str) -> bool:
    """Whether a file may lie there: below the site's root, and not where the program keeps its own."""
    return {"", ".", ".."}.isdisjoint(path.split("/")) and not path.lower().startswith(".ssg-")


def _misfit(value: Any, given: Any) -> str:
    """Return what a field of a value should be and is not, '' where all fit: rooms behind take them for what they say.

    :param given: the value that the hook was given; what it has left alone is not looked at.
    """
    if value is given or type(value) is not type(given) or not is_dataclass(value):
        return ""
    for one in fields(value):
        found, before = getattr(value, one.name), getattr(given, one.name)
        kind = str(one.type).partition("[")[0]
        wanted, fits = FIELDS.get(str(one.type)) or FIELDS.get(kind) or (kind, _like(before))
        if found is not before and not fits(found):
            return f"{wanted} as {one.name}, found {found!r:.60}"
        if misfit := _misfit(found, before):
            return misfit
    return ""


def _like(before: Any) -> Callable[[Any], bool]:
    """Return what says whether a value is of the kind of another that a hook was given; of a plain one all are."""
    return lambda found: not is_dataclass(before) or isinstance(found, type(before))


def _line_of(function: Any) -> int:
    code = getattr(function, "__code__", None)
    return code.co_firstlineno if code and code.co_filename == NAME else 0
