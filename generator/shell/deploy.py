"""The built site onto a branch that a git host serves, by plumbing: no working tree, index or branch is touched.

What is pushed is made in an object store of its own, which is gone afterwards; the project's repository stays as it
was. Without `history` the branch always has one commit, so that it never grows.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator.errors import OutputError
from generator.shell import disk
from generator.shell.addresses import pages_address
from generator.shell.git import Git, GitError
from generator.values import dataclass

#: Files that are a host's business: they are kept where the site brings none of its own.
_KEPT = ("CNAME",)
#: Tells GitHub Pages to serve every file as it is.
_PLAIN = ".nojekyll"
_NOT_PUBLISHED = frozenset({disk.MANIFEST, ".gitkeep"})


@dataclass(frozen=True, slots=True)
class Target:
    """Where to publish."""

    remote: str = "origin"
    """Name of a remote, or an address."""
    branch: str = "gh-pages"
    history: bool = False
    """Whether to add a commit to the branch instead of replacing it."""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What a deployment did, or would do."""

    url: str
    """Of the repository."""
    branch: str
    files: int
    added: int
    changed: int
    removed: int
    commit: str
    """Empty where there was nothing to do."""
    kept: tuple[str, ...] = ()
    """Files of the branch that were kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """A branch of a remote repository, as it is now."""

    git: Git
    """Works in a store of its own."""
    url: str
    stated: str
    """The address as the repository's configuration has it, before git rewrites it."""
    branch: str
    tip: str
    """Its commit; empty where there is none."""

    def files(self) -> dict[str, str]:
        """Return what is on the branch: name → hash."""
        if not self.tip:
            return {}
        listed = self.git.bytes("ls-tree", "-r", "-z", self.tip).split(b"\0")
        rows = (row.decode("utf-8", "surrogateescape").partition("\t") for row in listed if row)
        return {name: about.split()[2] for about, _, name in rows}


def remote_url(root: Path, remote: str) -> str:
    """Return the address of a remote of the repository that *root* lies in.

    :raises GitError: if it lies in none, or there is no such remote.
    """
    git = Git(root)
    git("version")
    try:
        git("rev-parse", "--git-dir")
    except GitError:
        raise GitError("the project is in no git repository – run git init, and git remote add origin …") from None
    if "/" in remote or ":" in remote:
        return remote
    try:
        return git("remote", "get-url", "--push", "--", remote)
    except GitError:
        known = ", ".join(git("remote").split()) or "none"
        raise GitError(
            f"there is no remote {remote!r} (there are: {known}) – run git remote add {remote} ADDRESS, or name another"
            " with --remote"
        ) from None


def is_branch(name: str) -> bool:
    """Whether a branch may have that name, as it stands: neither `a b` nor an option, nor a whole ref."""
    if name.startswith("refs/"):
        return False
    if not shutil.which("git"):
        return True  # what is missing is told when it is needed
    try:
        return Git(Path.cwd())("check-ref-format", "--branch", name) == name
    except GitError:
        return False


@contextmanager
def opened(root: Path, target: Target) -> Iterator[Place]:
    """Yield the branch to publish to, its files at hand.

    :raises GitError: if the remote cannot be reached.
    :raises OutputError: if the branch is one that is worked on.
    """
    git = Git(root)
    url = remote_url(root, target.remote)
    _refuse_own_branch(git, target)
    with tempfile.TemporaryDirectory(prefix="ssg-deploy-") as folder:
        store = Path(folder, "objects")
        store.mkdir()
        objects = Path(root, git("rev-parse", "--git-path", "objects")).resolve()
        own = {
            "GIT_OBJECT_DIRECTORY": str(store),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects),
            "GIT_INDEX_FILE": str(Path(folder, "index")),
        }
        inner = Git(root, own)
        ref = f"refs/heads/{target.branch}"
        tip = inner("ls-remote", "--", url, ref).partition("\t")[0]
        if tip:
            inner("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", url, ref)
        yield Place(inner, url, _stated(git, target.remote) or url, target.branch, tip)


def _stated(git: Git, remote: str) -> str:
    try:
        return git("config", "--get", f"remote.{remote}.url")
    except GitError:
        return ""


def _refuse_own_branch(git: Git, target: Target) -> None:
    try:
        current = git("symbolic-ref", "--short", "-q", "HEAD")
    except GitError:
        return
    if current == target.branch:
        said = f"{target.branch} is the branch that you work on, and would be replaced by the site"
        raise OutputError(f"{said} – name another with --branch")


def address_of(place: Place, output: Path) -> str:
    """Return the address at which the site will be: by its CNAME, else by the repository's host; '' if unknown."""
    own = output / "CNAME"
    text = own.read_text(encoding="utf-8", errors="replace") if own.is_file() else ""
    if not text and "CNAME" in place.files():
        text = place.git("show", f"{place.tip}:CNAME")
    name = text.strip().splitlines()[0].strip() if text.strip() else ""
    return f"https://{name}/" if name else pages_address(place.stated)


def publish(place: Place, output: Path, target: Target, *, dry_run: bool) -> Published:
    """Push the site in *output* to the branch, or say what that would change.

    :raises GitError: if the push is refused.
    """
    old = place.files()
    new, kept = _stored(place, output, old)
    done = Published(
        url=place.url,
        branch=place.branch,
        files=len(new),
        added=len(new.keys() - old.keys()),
        changed=sum(old.get(name, digest) != digest for name, digest in new.items()),
        removed=len(old.keys() - new.keys()),
        commit="",
        kept=kept,
    )
    if new == old or dry_run:
        return done
    commit = _committed(place, new, target)
    _push(place, commit)
    return replace(done, commit=commit)


def _stored(place: Place, output: Path, old: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Store the site's files; return name → hash, and what was kept of the branch."""
    names = sorted(
        path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if path.is_file() and not path.is_symlink() and path.name not in _NOT_PUBLISHED
    )
    whole = output.resolve()
    listed = "".join(f"{whole / name}\n" for name in names).encode("utf-8", "surrogateescape")
    git = place.git
    digests = git("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed).split("\n")
    found = dict(zip(names, digests, strict=True)) if names else {}
    kept = tuple(name for name in _KEPT if name in old and name not in found)
    found |= {name: old[name] for name in kept}
    found.setdefault(_PLAIN, git("hash-object", "-w", "--stdin"))
    return dict(sorted(found.items())), kept


def _committed(place: Place, files: Mapping[str, str], target: Target) -> str:
    lines = "".join(f"100644 {digest}\t{name}\0" for name, digest in files.items())
    git = Git(place.git.folder, {**place.git.environment, **_identity(place.git)})
    git("update-index", "-z", "--index-info", given=lines.encode("utf-8", "surrogateescape"))
    parents = ["-p", place.tip] if target.history and place.tip else []
    message = target.message or _message(git)
    return git("commit-tree", git("write-tree"), *parents, given=message.encode())


def _message(git: Git) -> str:
    try:
        return f"Publish {git('rev-parse', '--short', 'HEAD')}"
    except GitError:
        return "Publish the site"


def _identity(git: Git) -> dict[str, str]:
    """Return who publishes, where git does not know: on a machine that nobody has an account on."""
    try:
        git("var", "GIT_COMMITTER_IDENT")
        git("config", "user.email")
    except GitError:
        return {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _NOBODY}
    return {}


_NOBODY = (("NAME", "ssg deploy"), ("EMAIL", "ssg@localhost"))


def _push(place: Place, commit: str) -> None:
    ref = f"refs/heads/{place.branch}"
    try:
        place.git("push", "--quiet", f"--force-with-lease={ref}:{place.tip}", "--", place.url, f"{commit}:{ref}")
    except GitError as error:
        if "stale info" in str(error) or "rejected" in str(error):
            said = f"{place.branch} was not replaced: somebody has pushed to it meanwhile, or the host refuses it"
            raise GitError(f"{said} – look at it, and deploy again\n{error}") from None
        raise
