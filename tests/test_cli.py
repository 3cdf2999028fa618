"""The command line as a user types it, also when they mistype it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from generator.model import ENGINES
from generator.shell.commands import build
from tests.projects import EXAMPLES, copied, ssg, tree


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """Return a copy of the example project."""
    return copied(EXAMPLES / "harbour" / "before", tmp_path)


def _articles(root: Path) -> Path:
    return root / "content" / "stories" / "bridge"


def test_build_prints_nothing_on_standard_output(harbour: Path) -> None:
    """What a script does not ask for goes to standard error."""
    result = ssg(harbour, "build")
    assert (result.exit_code, result.stdout) == (0, "")


def test_json(harbour: Path) -> None:
    """`--json` prints one object: what was built, what was written, what is doubtful."""
    result = ssg(harbour, "build", "--json")
    said = json.loads(result.stdout)
    assert said["output"] == "site"
    assert said["files"] == len(tree(harbour / "site"))
    assert said["stories"][0]["slug"] == "bridge"
    assert said["content_written"] == [f"content/stories/bridge/{n}.md" for n in ("courier", "east-bank-blog", "radio")]
    assert {warning["path"] for warning in said["warnings"]} == {
        "content/stories/bridge/east-bank-blog.md",
        "content/stories/bridge/radio.md",
    }


def test_strict(harbour: Path) -> None:
    """`--strict` takes a missing outlet for an error, and writes nothing."""
    result = ssg(harbour, "build", "--strict")
    assert result.exit_code == 1
    assert "no outlet" in result.stderr
    assert not (harbour / "site").exists()
    assert not (_articles(harbour) / "courier.md").exists()


def test_strict_looks_the_site_over(tmp_path: Path) -> None:
    """`--strict` refuses what `ssg check` would find, before anything is written, and though nothing has changed."""
    ssg(tmp_path, "init")
    assert ssg(tmp_path, "build", "--strict").exit_code == 0
    good = tree(tmp_path / "site")
    text = "---\ntitle: About\n---\n\nSee [the port](port/).\n\n![](static/icon.svg)\n"
    (tmp_path / "content" / "about.md").write_text(text, encoding="utf-8")
    for _ in range(2):
        result = ssg(tmp_path, "build", "--strict")
        assert result.exit_code == 1
        assert "content/about.md:5:" in result.stderr
        assert "the link 'port/' leads nowhere" in result.stderr
        assert tree(tmp_path / "site") == good
    assert ssg(tmp_path, "build").exit_code == 0
    assert ssg(tmp_path, "build", "--strict").exit_code == 1


def test_output_and_base_url(harbour: Path) -> None:
    """The command line overrides the configuration."""
    assert ssg(harbour, "build", "--output", "out/public", "--base-url", "https://other.example/x").exit_code == 0
    assert "https://other.example/x/stories/bridge/" in (harbour / "out/public/sitemap.xml").read_text(encoding="utf-8")
    assert not (harbour / "site").exists()


def test_wrong_usage(harbour: Path) -> None:
    """A mistyped option or value is exit code 2, with the usage on standard error."""
    for arguments in (
        ["biuld"],
        ["build", "--outptu", "x"],
        ["build", "--base-url", "example.org"],
        ["build", "--base-url", "https://["],
        ["merge", "--base-url", "example.org", "part.zip"],
        ["build", "-j", "-1"],
        ["build", "-j", "1025"],
        ["build", "--engine", "here", "--scheduler", "tcp://127.0.0.1:9"],
        ["build", "-o", "ssg.yml"],
        ["build", "-o", "content"],
        ["merge", "-o", "ssg.yml", "part.zip"],
    ):
        result = ssg(harbour, *arguments)
        assert result.exit_code == 2, arguments
        assert "Usage:" in result.stderr


@pytest.mark.parametrize("setting", ["title", "titel=x", "paginate=few"])
def test_a_wrong_setting_is_wrong_usage(harbour: Path, setting: str) -> None:
    """A setting of the command line that is none, or has no such value, is exit code 2, like any other option."""
    result = ssg(harbour, "build", "--set", setting)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--set {setting}: ")


def test_settings_in_utf_16(harbour: Path) -> None:
    """`ssg.yml` is read in UTF-16, too, where its mark says so."""
    (harbour / "ssg.yml").write_text("title: Überblick\n", encoding="utf-16")
    assert ssg(harbour, "config", "title").stdout == "Überblick\n"


def test_a_missing_theme_has_its_line(harbour: Path) -> None:
    """A theme that is not there is told at the line that asks for it: the settings', or another theme's."""
    (harbour / "themes/mine").mkdir(parents=True)
    (harbour / "themes/mine/theme.yml").write_text("name: mine\nextends: none\n", encoding="utf-8")
    (harbour / "ssg.yml").write_text("title: T\ntheme: gone\n", encoding="utf-8")
    assert ssg(harbour, "build").stderr.startswith("ssg.yml:2:1: there is no theme 'gone'")
    assert ssg(harbour, "build", "--set", "theme=mine").stderr.startswith("themes/mine/theme.yml:2:1: there is no th")
    assert ssg(harbour, "build", "--set", "theme=other").stderr.startswith("ssg.yml: there is no theme 'other'")


def test_names_of_several_lines(harbour: Path) -> None:
    """A line break in a file's name breaks no message."""
    (harbour / "seeds").mkdir(exist_ok=True)
    (harbour / "seeds" / "a\nb.txt").write_text("x", encoding="utf-8")
    assert "seeds/a\\nb.txt: its name holds a character that nobody can see" in ssg(harbour, "build").stderr


def test_nothing_to_build_from(tmp_path: Path) -> None:
    """An empty folder gets told what to do."""
    result = ssg(tmp_path, "build")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "seeds/: there is nothing to build from – make the folder and put captured articles into it, or begin with ssg"
    )


def test_show_removed(harbour: Path) -> None:
    """Every line that cleaning takes out is printed with its place and its rule; no site is written."""
    result = ssg(harbour, "ingest", "--show-removed")
    assert result.stdout.splitlines() == [
        "seeds/bridge/courier.txt:7: advertisement: ADVERTISEMENT",
        "seeds/bridge/courier.txt:13: read-more: READ MORE: How the bridge was built",
        "seeds/bridge/courier.txt:15: source-line: Source: https://www.courier.example/2024/03/03/harbour-bridge-lorries/",
    ]
    assert not (harbour / "site").exists()


def test_an_edited_article_survives(harbour: Path) -> None:
    """What an editor changed stays through rebuilds, also when the capture changes, and the build says so."""
    ssg(harbour, "build")
    article, seed = _articles(harbour) / "courier.md", harbour / "seeds" / "bridge" / "courier.txt"
    edited = article.read_text(encoding="utf-8").replace("cracks in four", "deep cracks in four")
    article.write_text(edited, encoding="utf-8")
    assert "deep cracks" not in ssg(harbour, "build").stderr
    assert article.read_text(encoding="utf-8") == edited
    seed.write_text(seed.read_text(encoding="utf-8").replace("four of its", "five of its"), encoding="utf-8")
    result = ssg(harbour, "build")
    assert result.exit_code == 0
    assert article.read_text(encoding="utf-8") == edited
    (line,) = [line for line in result.stderr.splitlines() if "courier.md" in line]
    assert "kept as you edited it, though its seed seeds/bridge/courier.txt has changed" in line
    assert "delete this file and build again" in line
    page = (harbour / "site/stories/bridge/courier/index.html").read_text(encoding="utf-8")
    assert "deep cracks in four" in page


def test_an_untouched_article_follows_its_seed(harbour: Path) -> None:
    """A content file that nobody changed is written anew when its capture changes."""
    ssg(harbour, "build")
    seed = harbour / "seeds" / "bridge" / "courier.txt"
    seed.write_text(seed.read_text(encoding="utf-8").replace("four of its", "five of its"), encoding="utf-8")
    assert "content: 1 file written" in ssg(harbour, "build").stderr
    assert "five of its bearings" in (_articles(harbour) / "courier.md").read_text(encoding="utf-8")


def test_a_failed_build_leaves_everything(harbour: Path) -> None:
    """After a build that fails, site and content are what they were."""
    ssg(harbour, "build")
    before = {name: data for name, data in tree(harbour).items() if not name.startswith("seeds/")}
    (harbour / "seeds" / "bridge" / "tide.txt").write_bytes(b"caf\xe9")
    result = ssg(harbour, "build")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith("seeds/bridge/tide.txt:1")
    assert {name: data for name, data in tree(harbour).items() if not name.startswith("seeds/")} == before


def test_configuration_and_sources_are_complained_of_together(tmp_path: Path) -> None:
    """A mistake in ssg.yml does not hide one in the sources."""
    copied(EXAMPLES / "invalid" / "not-utf8", tmp_path)
    (tmp_path / "ssg.yml").write_text("titel: Two\n", encoding="utf-8")
    lines = ssg(tmp_path, "build").stderr.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["seeds/a.txt", "ssg.yml"]


def test_clean(harbour: Path) -> None:
    """`ssg clean` leaves sources, content and foreign files."""
    ssg(harbour, "build")
    (harbour / "site" / "CNAME").write_text("x", encoding="utf-8")
    assert ssg(harbour, "clean").exit_code == 0
    assert list(tree(harbour / "site")) == ["CNAME"]
    assert (_articles(harbour) / "courier.md").exists()


def test_clean_of_the_cache_alone_and_of_a_site(harbour: Path) -> None:
    """Which of both is meant is not guessed, and nothing is removed."""
    ssg(harbour, "build", "-o", "elsewhere")
    result = ssg(harbour, "clean", "--cache", "-o", "elsewhere")
    assert result.exit_code == 2
    assert "--cache leaves the site, and --output elsewhere names one – leave one out" in result.stderr
    assert (harbour / "elsewhere" / "index.html").exists()


def test_clean_of_a_file_is_wrong_usage(harbour: Path) -> None:
    """What is no folder cannot be a site, and stays."""
    (harbour / "note.txt").write_text("mine", encoding="utf-8")
    assert ssg(harbour, "clean", "-o", "note.txt").exit_code == 2
    assert (harbour / "note.txt").read_text(encoding="utf-8") == "mine"


def test_a_theme_of_ones_own_extends_the_default(harbour: Path) -> None:
    """A project's theme overrides single templates of the theme that it extends."""
    folder = harbour / "themes" / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yml").write_text("name: mine\nextends: default\n", encoding="utf-8")
    (folder / "templates" / "404.html").write_text("<!doctype html><title>gone</title>", encoding="utf-8")
    (harbour / "ssg.yml").write_text("theme: mine\n", encoding="utf-8")
    assert ssg(harbour, "build").exit_code == 0
    assert (harbour / "site" / "404.html").read_text(encoding="utf-8") == "<!doctype html><title>gone</title>"
    assert "harbour bridge" in (harbour / "site" / "index.html").read_text(encoding="utf-8")


def test_hash_order_changes_nothing(harbour: Path) -> None:
    """Two processes with different hash seeds, and any number of workers, give the same bytes."""
    sites = []
    for seed, jobs in (("0", "1"), ("1", "2"), ("4242", "1")):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "generator", "-C", str(harbour), "build", "--output", f"out{seed}", "-j", jobs]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        sites.append(tree(harbour / f"out{seed}"))
    assert sites[0] == sites[1] == sites[2]


def test_many_stories_over_workers(tmp_path: Path) -> None:
    """Enough stories for a pool of workers give the same site as one process."""
    for number in range(20):
        folder = tmp_path / "seeds" / f"story-{number}"
        folder.mkdir(parents=True)
        for outlet in ("one", "two"):
            text = (
                f"Bridge number {number} is closed, says paper {outlet}. Nobody may cross it until {number + 2} June."
            )
            (folder / f"{outlet}.txt").write_text(text, encoding="utf-8")
    assert ssg(tmp_path, "build", "-j", "2", "--output", "two").exit_code == 0
    assert ssg(tmp_path, "build", "-j", "1", "--output", "one").exit_code == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_help_lists_every_command() -> None:
    """`ssg --help` names each command with a sentence, and each command explains its options."""
    root = Path()
    text = ssg(root, "--help").stdout
    for command in ("build", "clean", "ingest"):
        assert command in text
        assert "Usage:" in ssg(root, command, "--help").stdout


def test_quiet(harbour: Path) -> None:
    """`-q`, before the command or behind it, leaves nothing but what is wrong or doubtful."""
    for arguments in (["-q", "build"], ["build", "-q", "--clean"]):
        lines = ssg(harbour, *arguments).stderr.splitlines()
        assert [line.partition(":")[0] for line in lines] == ["warning", "warning"], arguments


def test_json_of_a_failure(tmp_path: Path) -> None:
    """A script that asked for JSON gets the problems as JSON, too."""
    copied(EXAMPLES / "invalid" / "not-utf8", tmp_path)
    result = ssg(tmp_path, "build", "--json")
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)["problems"]
    assert (found["path"], found["line"], found["column"]) == ("seeds/a.txt", 2, 0)


def test_a_mistyped_command_is_guessed(tmp_path: Path) -> None:
    """The command that was probably meant is named."""
    assert "no command 'biuld' – did you mean 'build'?" in ssg(tmp_path, "biuld").stderr


def test_the_version_is_told_before_anything_is_imported() -> None:
    """`ssg --version` prints the version of the distribution, and imports neither click nor the comparison."""
    code = (
        "import sys; sys.argv = ['ssg', '--version']; from generator.shell.start import main; main();"
        "print(sorted({'click', 'generator.model', 'generator.shell.cli'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == f"ssg, version {version('variorum')}\n[]\n"


def test_every_engine_can_be_asked_for() -> None:
    """`ssg build --engine` offers what the configuration does."""
    assert tuple(build.ENGINES) == ENGINES


def test_ctrl_c_at_once_is_answered_in_a_line() -> None:
    """Ctrl-C while the command line is still being imported ends with the words of any other moment, no traceback."""
    code = """
import signal, sys
class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == 'generator.shell.cli':
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Pressed())
sys.argv = ['ssg', 'build']
from generator.shell.start import main
main()
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", "\nAborted!\n")
