"""`ssg deploy`, against real repositories on disk."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from generator.shell.addresses import pages_address
from tests.projects import ssg, tree

IDENTITY = {f"GIT_{who}_{what}": "test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **IDENTITY},
    )
    return done.stdout.strip()


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new project in a repository of its own, with a bare repository as its remote; nobody has an identity."""
    for name, value in (("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    root = tmp_path / "digest"
    ssg(tmp_path, "init", "digest")
    _git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "add", ".")
    _git(root, "commit", "--quiet", "-m", "Begin")
    _git(root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    return root


def _published(root: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    remote = root.parent / "remote.git"
    names = _git(remote, "ls-tree", "-r", "--name-only", branch).splitlines()
    shown = ["git", "-C", str(remote), "show"]
    return {
        name: subprocess.run([*shown, f"{branch}:{name}"], check=True, capture_output=True).stdout for name in names
    }


def test_the_site_is_published_and_nothing_else_touched(digest: Path) -> None:
    """The branch has the site to the byte and a .nojekyll, in one commit; the repository stays as it was."""
    ssg(digest, "build")
    before = (_git(digest, "for-each-ref"), _git(digest, "count-objects"), _git(digest, "status", "--short"))
    result = ssg(digest, "deploy")
    assert result.exit_code == 0, result.stderr
    site = tree(digest / "site")
    assert _published(digest) == {**site, ".nojekyll": b""}
    assert f"published {len(site) + 1} files to gh-pages of" in result.stderr
    assert _git(digest.parent / "remote.git", "rev-list", "--count", "gh-pages") == "1"
    assert _git(digest.parent / "remote.git", "log", "-1", "--format=%an %s", "gh-pages").startswith(
        "ssg deploy Publish "
    )
    assert (_git(digest, "for-each-ref"), _git(digest, "count-objects"), _git(digest, "status", "--short")) == before


def test_again(digest: Path) -> None:
    """Unchanged, nothing is pushed; changed, the one commit is replaced; with `--history` one is added."""
    remote = digest.parent / "remote.git"
    ssg(digest, "deploy")
    first = _git(remote, "rev-parse", "gh-pages")
    assert "nothing to publish" in ssg(digest, "deploy").stderr
    assert _git(remote, "rev-parse", "gh-pages") == first
    (digest / "content/more.md").write_text("---\ntitle: More\n---\n\nMore.\n", encoding="utf-8")
    assert "1 new" in ssg(digest, "deploy").stderr
    assert _git(remote, "rev-list", "--count", "gh-pages") == "1"
    (digest / "content/more.md").unlink()
    result = ssg(digest, "deploy", "--history", "-m", "Take it back", "--json")
    said = json.loads(result.stdout)
    assert (said["added"], said["removed"]) == (0, 1)
    assert _git(remote, "rev-parse", "gh-pages") == said["commit"]
    assert _git(remote, "log", "--format=%s", "gh-pages").splitlines()[0] == "Take it back"
    assert _git(remote, "rev-list", "--count", "gh-pages") == "2"


def test_a_dry_run_pushes_nothing(digest: Path) -> None:
    """`--dry-run` says what would change; the remote and the repository stay as they were."""
    before = _git(digest, "count-objects")
    result = ssg(digest, "deploy", "--dry-run")
    assert (result.exit_code, "would publish" in result.stderr) == (0, True)
    assert _git(digest.parent / "remote.git", "for-each-ref") == ""
    assert _git(digest, "count-objects") == before


def test_cname_is_kept_and_gives_the_address(digest: Path) -> None:
    """A CNAME on the branch stays, and says where the site will be; one in site/ comes first."""
    ssg(digest, "deploy")
    clone = digest.parent / "clone"
    _git(digest.parent, "clone", "--quiet", "--branch", "gh-pages", str(digest.parent / "remote.git"), "clone")
    (clone / "CNAME").write_text("digest.example\n", encoding="utf-8")
    _git(clone, "add", ".")
    _git(clone, "commit", "--quiet", "-m", "A name")
    _git(clone, "push", "--quiet")
    result = ssg(digest, "deploy", "--json")
    assert json.loads(result.stdout)["kept"] == ["CNAME"]
    found = _published(digest)
    assert found["CNAME"] == b"digest.example\n"
    assert b"https://digest.example/stories/mill-bridge/" in found["sitemap.xml"]
    (digest / "site/CNAME").write_text("other.example", encoding="utf-8")
    ssg(digest, "deploy")
    assert _published(digest)["CNAME"] == b"other.example"


def test_the_address_is_worked_out(digest: Path) -> None:
    """Without a base_url the site gets the address at which the remote's host publishes."""
    _git(digest, "remote", "set-url", "origin", "https://github.com/lina/digest.git")
    _git(digest, "config", f"url.{digest.parent / 'remote.git'}.insteadOf", "https://github.com/lina/digest.git")
    result = ssg(digest, "deploy")
    assert "base_url is not set: taken to be https://lina.github.io/digest/" in result.stderr
    assert b"https://lina.github.io/digest/stories/mill-bridge/" in _published(digest)["sitemap.xml"]
    again = ssg(digest, "deploy", "--no-build")  # looks over what was built for that address
    assert (again.exit_code, "nothing to publish" in again.stderr) == (0, True), again.stderr


def test_address_of_a_project_site(digest: Path) -> None:
    """Pushed elsewhere than it is served from, the site gets the address that the configuration states."""
    result = ssg(digest, "deploy", "--set", "base_url=https://you.example/digest")
    assert "it will be at https://you.example/digest/" in result.stderr
    assert b"https://you.example/digest/stories/mill-bridge/" in _published(digest)["sitemap.xml"]


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:Lina/digest.git", "https://lina.github.io/digest/"),
        ("https://github.com/lina/digest", "https://lina.github.io/digest/"),
        ("https://x-access-token:abc@github.com/lina/digest.git/", "https://lina.github.io/digest/"),
        ("ssh://git@github.com:22/lina/lina.github.io.git", "https://lina.github.io/"),
        ("https://github.com/Lina/Lina.github.io", "https://lina.github.io/"),
        ("git@gitlab.com:lina/digest.git", "https://lina.gitlab.io/digest/"),
        ("https://codeberg.org/lina/pages.git", "https://lina.codeberg.page/"),
        ("https://git.example/lina/digest.git", ""),
        ("/srv/git/digest.git", ""),
        ("", ""),
    ],
)
def test_addresses_of_pages(remote: str, address: str) -> None:
    """Users' sites are at a host's root, projects' below their names; of an unknown host nothing is guessed."""
    assert pages_address(remote) == address


def test_what_is_not_published(digest: Path) -> None:
    """A failed build, a site with dead links and a half-built one are refused, and the branch stays as it was."""
    remote = digest.parent / "remote.git"
    ssg(digest, "deploy")
    first = _git(remote, "rev-parse", "gh-pages")
    page = digest / "content/more.md"
    page.write_text("---\ntitle: [\n---\n\nMore.\n", encoding="utf-8")
    assert ssg(digest, "deploy").exit_code == 1
    page.write_text("---\ntitle: More\n---\n\nSee [there](../there/).\n", encoding="utf-8")
    result = ssg(digest, "deploy")
    assert result.exit_code == 1
    assert "content/more.md:5:13: the link '../there/' leads nowhere" in result.stderr
    assert "--no-check" in result.stderr
    assert result.stderr.endswith("1 problem; nothing was pushed\n")
    assert (digest / "site/more/index.html").exists()
    page.unlink()
    ssg(digest, "build")
    (digest / "site/index.html").unlink()
    result = ssg(digest, "deploy", "--no-build")
    assert (result.exit_code, "not the whole site stands there" in result.stderr) == (1, True)
    assert _git(remote, "rev-parse", "gh-pages") == first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--remote", "upstream"], "there is no remote 'upstream' (there are: origin)"),
        (["--branch", "main"], "main is the branch that you work on"),
        (["--remote", "./nowhere.git"], "git ls-remote:"),
    ],
)
def test_nowhere_to_publish(digest: Path, arguments: list[str], said: str) -> None:
    """A wrong remote or branch is told with the way out."""
    result = ssg(digest, "deploy", *arguments)
    assert (result.exit_code, said in result.stderr) == (1, True), result.stderr


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project in no repository is told to be put into one; without git, to install it."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ssg(tmp_path, "init")
    assert "run git init" in ssg(tmp_path, "deploy").stderr
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in ssg(tmp_path, "deploy").stderr


@pytest.mark.parametrize("name", ["a b", "", "-x", "a..b", "HEAD", "refs/heads/pages"])
def test_what_is_no_branch_is_wrong_usage(digest: Path, name: str) -> None:
    """A name that no branch can have, or that looks like something else, is refused before anything is built."""
    result = ssg(digest, "deploy", "--dry-run", "--branch", name)
    assert (result.exit_code, f"{name!r} is no name of a branch" in result.stderr) == (2, True), result.stderr
    assert not (digest / "site" / "index.html").exists()
