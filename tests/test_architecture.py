"""The rules of the house: who may import whom, and which room is the door to which library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "generator"

#: Folder or module → floor. A room imports from floors below it, and from rooms of its own folder.
FLOORS = {
    "values": -1,
    "model": 0,
    "errors": 0,
    "version": 0,
    "hooks": 1,
    "ingest": 1,
    "compare": 2,
    "gathered": 3,
    "site": 3,
    "teller": 4,
    "copies": 5,
    "one_story": 5,
    "prepared": 5,
    "pipeline": 6,
    "relisted": 6,
    "shell": 7,
    "__main__": 8,
}

#: Library → the only rooms that may import it.
DOORS = {
    "yaml": {"ingest.yaml_events"},
    "markdown_it": {"ingest.markdown"},
    "trafilatura": {"ingest.html"},
    "lxml": {"ingest.html"},
    "xml": {"ingest.feed_files"},
    "chardet": {"ingest.encodings"},
    "rapidfuzz": {"compare.matching"},
    "numpy": {"compare.arrays"},
    "budoux": {"compare.thai"},
    "PIL": {"site.drawing", "site.lettering"},
    "jinja2": {"site.render", "site.mistakes", "site.quick", "site.shorter", "site.knit", "site.spaces"},
    "markupsafe": {"site.render", "site.quick", "site.shorter", "site.pictures", "site.marks"},
    "click": {"shell.cli", "shell.call", "shell.command", "shell.commands", "shell.completing"},
    "rich": {"shell.progress"},
    "sqlite3": {"shell.cache"},
    "watchdog": {"shell.watch"},
    "distributed": {"shell.cluster"},
}

#: What would tie a build to the moment, the machine or chance.
IMPURE = {
    "asyncio", "datetime.now", "glob", "http", "logging", "os", "pathlib", "pickle", "random", "secrets", "shutil",
    "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib.request", "uuid",
}  # fmt: skip

ROOMS = sorted(path for path in HOUSE.rglob("*.py") if path.name != "__init__.py" or path.parent != HOUSE)


def _name(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> list[str]:
    """Return every module that a file imports, wherever in it, in full."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def _floor(name: str) -> int:
    return FLOORS[name.split(".")[0]]


@pytest.mark.parametrize("path", ROOMS, ids=_name)
def test_rooms_import_downwards(path: Path) -> None:
    """A room imports only from the floors below it, or from its own folder, and never the package's root."""
    name = _name(path)
    for imported in _imports(path):
        if imported == "generator":
            pytest.fail(f"{name} imports the package's root")
        if imported.startswith("generator."):
            other = imported.removeprefix("generator.")
            if other.split(".")[0] not in FLOORS:
                pytest.fail(f"{name} imports {other}, which has no floor")
            same_folder = other.split(".")[0] == name.split(".")[0]
            assert same_folder or _floor(other) < _floor(name), f"{name} imports {other}"


@pytest.mark.parametrize("path", ROOMS, ids=_name)
def test_one_dependency_one_door(path: Path) -> None:
    """Every library is imported in the rooms that are its door, and nowhere else; difflib nowhere."""
    name = _name(path)
    for imported in _imports(path):
        library = imported.split(".")[0]
        assert library != "difflib", f"{name} imports difflib"
        assert {name, name.rpartition(".")[0]} & DOORS.get(library, {name}), f"{name} imports {library}"


@pytest.mark.parametrize("path", [path for path in ROOMS if _floor(_name(path)) < FLOORS["shell"]], ids=_name)
def test_the_core_is_pure(path: Path) -> None:
    """Below the shell there is no clock, chance, network, log or file."""
    text = path.read_text(encoding="utf-8")
    for imported in _imports(path):
        assert imported not in IMPURE, f"{_name(path)} imports {imported}"
        assert imported.split(".")[0] not in IMPURE, f"{_name(path)} imports {imported}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            allowed = {"exec"} if _name(path) == "values" else set()  # it writes methods, as `dataclasses` does
            forbidden = {"open", "print", "input", "eval", "exec"} - allowed
            assert node.func.id not in forbidden, f"{_name(path)} calls {node.func.id}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"now", "today", "utcnow"}, f"{_name(path)} asks the clock"
        assert not isinstance(node, ast.Global), f"{_name(path)} has global state"


@pytest.mark.parametrize("path", sorted((HOUSE / "compare").rglob("*.py")), ids=_name)
def test_the_comparison_holds_no_html(path: Path) -> None:
    """The comparing rooms make values, not markup."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert "</" not in node.value, f"{_name(path)}: {node.value[:40]!r}"


def test_themes_hold_no_python() -> None:
    """A theme is templates and static files; policy lives in the rooms."""
    assert not list((HOUSE.parent / "themes").rglob("*.py"))
