"""What the program is made of and delivered with: pinned, hashed, listed; and the same bytes whoever packs it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import referencing
from jsonschema import Draft7Validator
from referencing.jsonschema import DRAFT7

from tests import sbom

ROOT = Path(__file__).parent.parent
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
WAY_OUT = "run `make lock` and commit requirements.lock"


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def test_the_lock_has_everything() -> None:
    """Every requirement of the program and of its tests is pinned, above its lower bound, each file by its hash."""
    pins = sbom.pins()
    for requirement in sbom.wanted((*sbom.DELIVERED, "dev")):
        name, _, least = requirement.partition(">=")
        assert sbom.name_of(name) in pins, f"{name}: {WAY_OUT}"
        assert _number(pins[sbom.name_of(name)][0]) >= _number(least), f"{requirement}: {WAY_OUT}"
    for name, (_, hashes) in pins.items():
        assert hashes, name
    assert "://" not in sbom.LOCK.read_text(encoding="utf-8")


def test_the_program_needs_few_others() -> None:
    """Each library that the program imports has its row in SECURITY.md: licence, keeper, last release, way out."""
    libraries = SECURITY[SECURITY.index("## Dependencies") :]
    for requirement in sbom.wanted():
        name = sbom.name_of(requirement)
        row = re.search(rf"^\|[^|\n]*\b{name.replace('-', '[-_]')}\b[^|\n]*\|.*$", libraries, re.MULTILINE)
        assert row, f"{name}: SECURITY.md does not say who keeps it"
        cells = [cell.strip() for cell in row[0].strip("|").split("|")]
        assert len(cells) == 6
        assert all(cells), row[0]
        assert all(re.fullmatch(r"[\d.]+, 20\d\d-\d\d", part) for part in cells[3].split("; ")), cells[3]


@pytest.mark.parametrize("case", re.findall(r"`(tests/\w+\.py)(?:::(\w+))?`", SECURITY))
def test_the_cases_that_are_named_are_there(case: tuple[str, str]) -> None:
    """Every test that SECURITY.md names for an attack is one."""
    path, name = case
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {name}\(", text, re.MULTILINE) if name else "def test_" in text


def test_the_bill_of_materials() -> None:
    """The list is valid CycloneDX in shape, whole, the same twice, and holds nothing of a machine or a day."""
    made = [json.dumps(sbom.bill(), sort_keys=True) for _ in range(2)]
    assert made[0] == made[1]
    bill = json.loads(made[0])
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    names = {component["name"] for component in bill["components"]}
    assert {sbom.name_of(line) for line in sbom.wanted()} <= names
    assert {"markupsafe", "mdurl", "pygments"} <= names
    assert not {"pytest", "ruff", "mypy", "playwright"} & names
    refs = {component["bom-ref"] for component in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    for entry in bill["dependencies"]:
        assert {entry["ref"], *entry["dependsOn"]} <= refs
    assert all(component["hashes"] and component["version"] for component in bill["components"])
    assert "timestamp" not in made[0]
    assert str(ROOT) not in made[0]


def test_the_bill_is_what_the_standard_says() -> None:
    """The list satisfies CycloneDX's own schema, which lets no other hash and no unknown licence pass."""
    with gzip.open(ROOT / "tests" / "schemas" / "cyclonedx-1.6.json.gz") as file:
        schemas = json.load(file)
    known = referencing.Registry().with_resources(
        (name, DRAFT7.create_resource(schema)) for name, schema in schemas.items()
    )
    judge = Draft7Validator(schemas["http://cyclonedx.org/schema/bom-1.6.schema.json"], registry=known)
    bill = sbom.bill()
    assert [error.message[:200] for error in judge.iter_errors(bill)] == []
    bill["components"][0]["hashes"][0]["alg"] = "SHA-7"
    bill["components"][1]["licenses"] = [{"license": {"id": "No licence"}}]
    assert len(list(judge.iter_errors(bill))) == 2


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Return the wheel and the sdist, packed in two folders from files of different ages and rights."""
    pytest.importorskip("hatchling")
    made = []
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [*listed["tool"]["hatch"]["build"]["targets"]["sdist"]["include"], "pyproject.toml", ".gitignore"]
    for number in range(2):
        place = tmp_path_factory.mktemp(f"place{number}") / "src" / ("x" * number * 40)
        place.mkdir(parents=True)
        for name in names:
            source = ROOT / name
            if source.is_dir():
                junk = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
                shutil.copytree(source, place / name, ignore=junk)
            else:
                shutil.copy(source, place / name)
        for path in place.rglob("*"):
            os.utime(path, (10**9 * (number + 1),) * 2)
            if path.is_file():
                path.chmod(0o600 if number else 0o664)
        (place / "generator" / "__pycache__").mkdir(exist_ok=True)
        (place / "generator" / "__pycache__" / f"junk{number}.pyc").write_bytes(bytes(number))
        script = "from hatchling import build as b; b.build_wheel('dist'); b.build_sdist('dist')"
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "TZ": f"Etc/GMT+{number * 7}"}
        (place / "dist").mkdir()
        subprocess.run([sys.executable, "-c", script], cwd=place, env=env, check=True, capture_output=True)
        made.append({path.name: path.read_bytes() for path in (place / "dist").iterdir()})
        made[-1]["folder"] = str(place / "dist").encode()
    return made


def test_packed_twice(packed: list[dict[str, bytes]]) -> None:
    """Wheel and sdist are one to the byte, whoever packs them, where and when: SOURCE_DATE_EPOCH is their only date."""
    one, two = ({k: hashlib.sha256(v).hexdigest() for k, v in each.items() if k != "folder"} for each in packed)
    assert sorted(name.rpartition(".")[2] for name in one) == ["gz", "whl"]
    assert one == two


def test_what_is_packed(packed: list[dict[str, bytes]]) -> None:
    """The wheel holds program and themes; the sdist all it takes to test them; neither holds what a machine left."""
    folder = Path(packed[0]["folder"].decode())
    (wheel,) = folder.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"generator/shell/swap.py", "generator/themes/default/theme.yml"} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "seeds/")) or ".ssg" in name or "junk" in name]
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        members = [(member.name.partition("/")[2], member.mtime, member.uid) for member in archive]
    inside = {name for name, _, _ in members}
    assert {"pyproject.toml", "requirements.lock", "SECURITY.md", "tests/test_supply.py", "PKG-INFO"} <= inside
    assert not [name for name in inside if "junk" in name or "__pycache__" in name or name.startswith(".venv")]
    assert {(when, user) for _, when, user in members} == {(1_700_000_000, 0)}
