"""A new project: what it holds, that it builds, that it takes nobody's place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.ingest.config import KEYS, SECTIONS
from generator.ingest.config import config as read_config
from generator.ingest.frontmatter import load_yaml
from generator.model import Config
from generator.shell.init import FILES, files
from tests.projects import ssg, tree


def test_it_builds_at_once(tmp_path: Path) -> None:
    """A new project builds without a problem or a warning, and its two papers differ in a quotation and a figure."""
    made = ssg(tmp_path, "init")
    assert (made.exit_code, made.stdout) == (0, "")
    assert "ssg serve" in made.stderr
    built = ssg(tmp_path, "build", "--strict")
    assert built.exit_code == 0
    assert "warning" not in built.stderr
    story = json.loads((tmp_path / "site/stories/mill-bridge/story.json").read_text(encoding="utf-8"))
    assert len(story["articles"]) == 2
    assert "altered" in {quote["verdict"] for quote in story["quotes"]}
    assert [f["kind"] for f in story["figures"] if f["verdict"] == "conflict"] == ["money"]


def test_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """`ssg init DIR` makes the folder, and says how to go there."""
    result = ssg(tmp_path, "init", "papers/digest")
    assert result.exit_code == 0
    assert "  cd papers/digest\n" in result.stderr
    assert (tmp_path / "papers" / "digest" / "ssg.yml").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["papers"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second time, every file in the way is named and none is written."""
    ssg(tmp_path, "init", "digest")
    before = tree(tmp_path)
    result = ssg(tmp_path, "init", "digest")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == len(FILES) + 2
    assert "digest/ssg.yml: exists already, and is not overwritten – choose another folder" in result.stderr
    assert result.stderr.endswith("nothing was written\n")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("taken", ["ssg.yml", "content/_index.md", ".gitignore", "seeds", "dangling"])
def test_one_file_in_the_way_is_enough(tmp_path: Path, taken: str) -> None:
    """A single file that exists, a file in a folder's place, or a dead link keeps everything from being written."""
    if taken == "dangling":
        (tmp_path / "ssg.yml").symlink_to("nowhere")
    else:
        (tmp_path / taken).parent.mkdir(exist_ok=True)
        (tmp_path / taken).write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert ssg(tmp_path, "init").exit_code == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_other_files_stay(tmp_path: Path) -> None:
    """A folder with other things in it, a repository say, may become a project."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    assert ssg(tmp_path, "init").exit_code == 0
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_the_configuration_shows_every_default() -> None:
    """With every setting uncommented the configuration names every key, and says what the program does without it."""
    text = files()["ssg.yml"].decode("utf-8")
    full = re.sub(r"^#(?=\w|  \w+: \S+$)", "", text, flags=re.MULTILINE)
    header = load_yaml(full, "ssg.yml")
    assert set(KEYS) <= set(header)
    for name, keys in SECTIONS.items():
        section = header[name]
        assert isinstance(section, Mapping)
        assert set(section) == set(keys)
    found, standard = read_config(full), Config()
    said = {name: getattr(found, name) for name in Config.__slots__ if name not in ("title", "description")}
    assert said == {name: getattr(standard, name) for name in said}


def test_the_workflow_asks_for_little() -> None:
    """The workflow is YAML, pins every action to a major version, and lets only its last job write."""
    text = files()[".github/workflows/pages.yml"].decode("utf-8")
    workflow = load_yaml(text, "pages.yml")
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow["jobs"]["publish"]["permissions"]) == {"pages", "id-token"}  # type: ignore[index]
    used = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)
    assert len(re.findall(r"uses: \S+ # v\d+\.\d+\.\d+\n", text)) == len(used)
    assert [action.split("@")[0].removeprefix("actions/") for action in used] == [
        "checkout",
        "setup-python",
        "configure-pages",
        "upload-pages-artifact",
        "deploy-pages",
    ]
    run = re.findall(r"run: (.+)", text)
    assert all("${{" not in line for line in run)


def test_the_workflow_builds_and_checks() -> None:
    """The workflow installs what the project names, builds, looks the site over, and only then publishes."""
    text = files()[".github/workflows/pages.yml"].decode("utf-8")
    runs = re.findall(r"run: (.+)", text)
    assert runs == ["python -m pip install -r requirements.txt", "ssg build --timings", "ssg check"]
    assert "variorum[cards]" in files()["requirements.txt"].decode("utf-8").splitlines()


#: Where the workflow learns its address.
PAGES = "${{ steps.pages.outputs.base_url }}"


def test_the_workflow_runs(tmp_path: Path) -> None:
    """What the workflow types builds a site for its address, typed in a fresh clone by the shell that GitHub has."""
    (tmp_path / "digest").mkdir()
    ssg(tmp_path / "digest", "init")
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "First"]):
        subprocess.run([*git, *command], cwd=tmp_path / "digest", check=True)
    subprocess.run([*git, "clone", "-q", "digest", "clone"], cwd=tmp_path, check=True)
    clone = tmp_path / "clone"
    workflow = load_yaml((clone / ".github/workflows/pages.yml").read_text(encoding="utf-8"), "pages.yml")
    steps = [step for step in workflow["jobs"]["build"]["steps"] if "run" in step]  # type: ignore[index, union-attr]
    # What is to be installed is there already; nothing may be asked of the network.
    here = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PIP_NO_INDEX": "1"}
    for step in steps:
        said = {
            name: value.replace(PAGES, "https://you.example/digest")
            for name, value in dict(step.get("env") or {}).items()
        }
        assert "${{" not in str(said)
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            cwd=clone,
            env={**os.environ, **here, **said},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{step['run']}\n{done.stdout}{done.stderr}"
    assert "https://you.example/digest/stories/mill-bridge/" in (clone / "site/sitemap.xml").read_text(encoding="utf-8")
    assert len(steps) == 3


def test_the_schema_for_editors(tmp_path: Path) -> None:
    """The first line of ssg.yml leads an editor to the schema beside it, which is the program's."""
    ssg(tmp_path, "init")
    first = (tmp_path / "ssg.yml").read_text(encoding="utf-8").splitlines()[0]
    schema = tmp_path / first.removeprefix("# yaml-language-server: $schema=")
    assert schema.read_text(encoding="utf-8") == ssg(tmp_path, "config", "--schema", "ssg").stdout
