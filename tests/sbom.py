"""What the program is delivered with, as CycloneDX 1.6 (https://cyclonedx.org): `python -m tests.sbom > sbom.cdx.json`.

Made from `pyproject.toml` and `requirements.lock` alone, with the licences that the installed packages state: the same
bytes on every machine and on every day.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from generator.version import __version__

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
#: The extras that are delivered; what only tests need is no part of the program.
DELIVERED = ("cards", "cluster", "fast", "html")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def normal(name: str) -> str:
    """Return a distribution's name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return every distribution of the lock: its version and the hashes of its files."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    name = ""
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if pin := _PIN.match(line):
            name = normal(pin[1])
            found[name] = pin[2], ()
        elif hashed := _HASH.search(line):
            found[name] = found[name][0], (*found[name][1], hashed[1])
    return found


def wanted(extras: Iterable[str] = DELIVERED) -> list[str]:
    """Return the requirements of the program and of some of its extras, as `pyproject.toml` states them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]


def name_of(requirement: str) -> str:
    """Return the distribution that a requirement names."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return normal(found[0])


def _needs(name: str, known: Iterable[str]) -> list[str]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return []
    plain = (line for line in lines if "extra ==" not in line)
    return sorted({name_of(line) for line in plain} & set(known))


def _reached(names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen and name in set(known):
            seen.add(name)
            waiting += _needs(name, known)
    yield from sorted(seen)


def _licence(name: str) -> list[dict[str, Any]]:
    try:
        stated = metadata(name)
    except PackageNotFoundError:
        return []
    short = stated.get("License-Expression")
    if short:
        return [{"expression": short}]
    classified = [c.rpartition(" :: ")[2] for c in stated.get_all("Classifier") or [] if c.startswith("License ::")]
    said = classified or [line for line in (stated.get("License") or "").splitlines()[:1] if line]
    return [{"license": {"name": each}} for each in sorted(said)]


def bill() -> dict[str, Any]:
    """Return the bill of materials."""
    known = pins()
    first = sorted({name_of(line) for line in wanted()})
    names = list(_reached(first, known))
    address = {name: f"pkg:pypi/{name}@{known[name][0]}" for name in names}
    own = f"pkg:pypi/variorum@{__version__}"
    components = [
        {
            "type": "library",
            "bom-ref": address[name],
            "name": name,
            "version": known[name][0],
            "purl": address[name],
            "hashes": [{"alg": "SHA-256", "content": each} for each in sorted(known[name][1])],
            "licenses": _licence(name),
        }
        for name in names
    ]
    depends = {own: first, **{address[name]: _needs(name, names) for name in names}}
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "variorum",
                "version": __version__,
                "purl": own,
                "licenses": [{"expression": "MIT"}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": ref, "dependsOn": [address[name] for name in others if name in address]}
            for ref, others in depends.items()
        ],
    }
    return {**content, "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(content, sort_keys=True))}"}


if __name__ == "__main__":
    print(json.dumps(bill(), indent=1, sort_keys=True))
