"""`ssg check` finds what is wrong with a built site, and where it comes from; `ssg explain` says what a page is of."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Config
from generator.site.check import Checked, check
from generator.site.check_page import bad_address, facts_of
from tests.projects import EXAMPLES, copied, ssg

CONFIG = Config(base_url="https://a.example/repo/")
HEAD = '<html lang="en"><title>A</title>'


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example project, built with pages of many faults; no test changes it."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path_factory.mktemp("harbour"))
    (root / "content" / "more.md").write_text(
        "---\ntitle: More\n---\n\nSee [the port](../port/) and [below](#nowhere).\n\n"
        "Or [elsewhere](https://a..example/x), [here](#more), [there](www.courier.example).\n\n![](map.png)\n",
        encoding="utf-8",
    )
    assert ssg(root, "build").exit_code == 0
    return root


def _checked(config: Config = CONFIG, **pages: str) -> Checked:
    files = {name.replace("__", "/").replace("_", "."): text.encode() for name, text in pages.items()}
    return check(files, {}, config)


def _said(found: Checked) -> list[str]:
    return [str(problem) for problem in (*found.errors, *found.warnings)]


def test_an_example_is_sound(tmp_path: Path) -> None:
    """A new project's site has nothing wrong with it, not even a warning."""
    ssg(tmp_path, "init")
    ssg(tmp_path, "build")
    result = ssg(tmp_path, "check", "--strict")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.endswith("0 errors, 0 warnings\n")


def test_faults_are_told_at_their_source(harbour: Path) -> None:
    """Dead links, missing anchors, malformed addresses and pictures without words are told with line and column."""
    result = ssg(harbour, "check")
    assert result.exit_code == 1
    told = [line for line in result.stderr.splitlines() if "content/more.md" in line]
    assert told == [
        "content/more.md:5:16: the link '../port/' leads nowhere: the site has no such page or file",
        "content/more.md:5:38: the link '#nowhere' leads to no place on its page: there is no id 'nowhere'",
        "content/more.md:7:16: the link 'https://a..example/x' is malformed: 'a..example' is no name of a host",
        "content/more.md:7:46: the link '#more' leads to no place on its page: there is no id 'more'",
        "content/more.md:7:62: the link 'www.courier.example' leads nowhere – write https:// before it",
        "content/more.md:9:5: the address 'map.png' leads nowhere: the site has no such page or file",
        "warning: content/more.md:9:1: the picture map.png has no alternative text – write ![what it shows](map.png)",
    ]


def test_a_heading_of_another_page_that_is_not_there(tmp_path: Path) -> None:
    """A link to a heading that another page has no more is told with its line in the Markdown that holds it."""
    ssg(tmp_path, "init")
    (tmp_path / "content/a.md").write_text("# A\n\n[One](b.md#first), [two](b.md#second).\n", encoding="utf-8")
    (tmp_path / "content/b.md").write_text("# B\n\n## First\n\nText.\n", encoding="utf-8")
    ssg(tmp_path, "build")
    said = [line for line in ssg(tmp_path, "check").stderr.splitlines() if "second" in line]
    assert [line.partition(" ")[0] for line in said] == ["content/a.md:3:26:"]


def test_json_of_a_check(harbour: Path) -> None:
    """A script gets the counts and every finding with its place."""
    result = ssg(harbour, "check", "--json")
    said = json.loads(result.stdout)
    assert said["pages"] > 10
    assert said["errors"][0]["path"] == "content/more.md"
    assert said["warnings"]


def test_warnings_fail_only_if_strict(tmp_path: Path) -> None:
    """A page over its budget is a warning, which `--strict` takes for an error; 0 is no budget."""
    ssg(tmp_path, "init")
    ssg(tmp_path, "build")
    tight = ["--set", "check.page_kb=1"]
    result = ssg(tmp_path, "check", *tight)
    assert result.exit_code == 0
    assert "KB, and check.page_kb allows 1 – make it smaller, or raise check.page_kb" in result.stderr
    assert ssg(tmp_path, "check", "--strict", *tight).exit_code == 1
    assert ssg(tmp_path, "check", "--strict", "--set", "check.page_kb=0").exit_code == 0


def test_without_a_site(tmp_path: Path) -> None:
    """Nothing built, or half of it gone: the way out is told."""
    ssg(tmp_path, "init")
    for command in (["check"], ["explain", "/"]):
        result = ssg(tmp_path, *command)
        assert (result.exit_code, "there is no built site – run ssg build first" in result.stderr) == (1, True)
    ssg(tmp_path, "build")
    (tmp_path / "site/index.html").unlink()
    assert "not the whole site stands there (index.html went)" in ssg(tmp_path, "check").stderr
    elsewhere = ssg(tmp_path, "check", "--output", str(tmp_path.parent / "other"))
    assert elsewhere.stderr.startswith(f"error: {tmp_path.parent / 'other'}/: there is no built site")


def test_explain_takes_an_address_out_of_the_browser(tmp_path: Path) -> None:
    """A page is known by its address in the preview, and by that of the site it was built for."""
    ssg(tmp_path, "init")
    ssg(tmp_path, "build", "--base-url", "https://you.example/digest/")
    for root in ("http://127.0.0.1:8000/", "http://localhost/", "http://[::1]:1/", "https://you.example/digest/"):
        result = ssg(tmp_path, "explain", f"{root}stories/mill-bridge/#p-x")
        assert result.stdout.startswith("site/stories/mill-bridge/index.html ("), result.stderr
    assert ssg(tmp_path, "explain", "https://other.example/stories/mill-bridge/").exit_code == 1


@pytest.mark.parametrize(
    ("link", "is_sound"),
    [
        ("b/", True), ("b", True), ("./b/index.html", True), ("b/#x", True), ("b/?q=1#x", True), ("/repo/b/", True),
        ("https://a.example/repo/b/", True), ("#", True), ("#top", True), ("mailto:a@a.example", True), ("", True),
        ("https://other.example/b", True), ("b/#:~:text=x", True), ("b/%2E/", True),
        ("c/", False), ("b/#y", False), ("/b/", False), ("../b/", False), ("https://a.example/repo/c/", False),
        ("https:/other.example", False), ("http//other.example", False), ("https://", False), ("http://[::1", False),
        ("https://localhost:8000/", False),
    ],
)  # fmt: skip
def test_links(link: str, is_sound: bool) -> None:
    """A link leads to a page, to a place on one, or in due form out of the site."""
    page = f'{HEAD}<a href="b/"></a><a href="{link}"></a>'
    found = _checked(index_html=page, b__index_html=f"{HEAD}<p id=x></p>")
    assert (found.errors == ()) == is_sound, _said(found)


def test_a_page_that_nothing_leads_to() -> None:
    """Pages out of reach from the home page are told; error page, embedded pages and redirects may be."""
    redirect = HEAD + '<meta http-equiv="refresh" content="0; url=../b/">'
    found = _checked(
        **{"index_html": f'{HEAD}<a href="b/">', "b__index_html": HEAD, "404_html": HEAD, "embed__x_html": HEAD},
        c__index_html=f'{HEAD}<a href="../d/">',
        d__index_html=f'{HEAD}<a href="../c/">',
        old__index_html=redirect,
    )
    assert _said(found) == [f"site/{name}/index.html: no page leads here – link to it, or delete it" for name in "cd"]


def test_where_a_redirect_leads() -> None:
    """A redirect to a page that is not there is a dead link."""
    found = _checked(index_html=HEAD, old_html=HEAD + '<meta http-equiv="refresh" content="0; url=b/">')
    assert "leads nowhere" in _said(found)[0]


def test_faults_of_a_page_by_itself() -> None:
    """Ids that stand twice, a missing language, title or alternative text are told; what is in a script is nothing."""
    silent = '<script>var x = "<a href=nowhere>"</script><!-- <p id=a> -->'
    page = f'<html>\n<p id="a"></p><b id=a></b>\n<img src="data:x">\n{silent}'
    found = _checked(index_html=page)
    assert _said(found) == [
        "site/index.html: the id 'a' stands on the page 2 times",
        "site/index.html:1: the page has no title",
        "site/index.html:1: the page states no language – write <html lang=…>",
        "site/index.html:3: the picture data:x has no alternative text – say what it shows",
    ]


AUTHOR = "<author><name>a</name></author>"
ENTRY = "<entry><id>x</id><title>t</title><updated>2024-05-14T10:00:00Z</updated></entry>"
FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>t</title><updated>2024-05-14T10:00:00Z</updated>'


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("feed_xml", f"{FEED}{AUTHOR}{ENTRY}</feed>", ""),
        ("feed_xml", f"{FEED}{ENTRY}</feed>", "entry 1 of the feed names no author"),
        ("feed_xml", f"{FEED}{AUTHOR}{ENTRY}{ENTRY}</feed>", "the id 'x' stands in the feed twice"),
        ("feed_xml", FEED.replace("<id>f</id>", "") + "</feed>", "the feed has no id (RFC 4287, 4.1)"),
        ("feed_xml", FEED, "not well-formed XML"),
        ("sitemap_xml", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/repo/c/'
         "</loc></url></urlset>", "'https://a.example/repo/c/' leads nowhere"),
        ("feed_json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}', "needs a title"),
        ("feed_json", '{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": 1}]}', "item"),
        ("stories_json", "{", "not JSON"),
    ],
)  # fmt: skip
def test_feeds_and_data(name: str, text: str, said: str) -> None:
    """Feeds are held to their standards, the sitemap and data files to what they must be."""
    found = _said(_checked(**{"index_html": HEAD, name: text}))
    assert [said in line for line in found] == ([True] if said else []), found


@given(st.text(max_size=200))
def test_any_page_has_facts(page: str) -> None:
    """No page is too broken to be looked over, and no address to be judged."""
    facts_of(f'<a href="{page}">')
    facts_of(f"<{page}")
    bad_address(page)


@pytest.mark.parametrize(
    ("page", "name", "first"),
    [
        ("/stories/bridge/", "stories/bridge/index.html", "content/stories/bridge/_index.md"),
        ("stories/bridge/radio", "stories/bridge/radio/index.html", "content/stories/bridge/radio.md"),
        ("site/stories/bridge/diff/courier/radio/index.html", None, "content/stories/bridge/courier.md"),
        ("outlets/courier-example", "outlets/courier-example/index.html", "content/outlets/courier-example.md"),
        ("tags/harbour", "tags/harbour/index.html", ""),
        ("/more#nowhere", "more/index.html", "content/more.md"),
        ("/", "index.html", "content/_index.md"),
        ("feed.xml", "feed.xml", ""),
        ("tags/traffic", "tags/traffic/index.html", "content/stories/bridge/_index.md"),
        ("archive/2024-03", "archive/2024-03/index.html", "content/stories/bridge/_index.md"),
        ("embed/bridge", "embed/bridge/index.html", "content/stories/bridge/_index.md"),
        (
            "embed/bridge/diff/courier/radio",
            "embed/bridge/diff/courier/radio/index.html",
            "content/stories/bridge/courier.md",
        ),
    ],
)
def test_explain(harbour: Path, page: str, name: str | None, first: str) -> None:
    """A page is found by its address, its path or its file, and its sources are told, the nearest first."""
    result = ssg(harbour, "explain", page, "--json")
    assert result.exit_code == 0, result.stderr
    said = json.loads(result.stdout)
    assert said["page"] == (name or page.removeprefix("site/"))
    assert said["made_from"][:1] == [first] or not first
    assert said["changed"] == []


def test_explain_a_mistyped_page(harbour: Path) -> None:
    """A page that there is not is exit code 1, with the one that was probably meant."""
    result = ssg(harbour, "explain", "stories/brigde")
    assert (result.exit_code, "did you mean /stories/bridge/?" in result.stderr) == (1, True)


def test_explain_a_source(harbour: Path) -> None:
    """Who names a source is told so, and which page it is printed on."""
    result = ssg(harbour, "explain", "content/stories/bridge/courier.md")
    said = (
        "content/stories/bridge/courier.md is a source – say one of its pages, as ssg explain /stories/bridge/courier/"
    )
    assert (result.exit_code, result.stderr) == (1, f"error: {said}\n")


def test_explain_a_former_address_and_a_draft(tmp_path: Path) -> None:
    """A former address comes from the file that claims it; a page that is not there for being a draft is told so."""
    ssg(tmp_path, "init")
    ssg(tmp_path, "build")
    article = tmp_path / "content/stories/mill-bridge/courier.md"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("---\n", "---\naliases: [old/bridge/]\n", 1), encoding="utf-8")
    ssg(tmp_path, "build")
    found = json.loads(ssg(tmp_path, "explain", "/old/bridge/", "--json").stdout)
    assert found["made_from"][0] == "content/stories/mill-bridge/courier.md"
    article.write_text(text.replace("draft: false", "draft: true"), encoding="utf-8")
    ssg(tmp_path, "build")
    result = ssg(tmp_path, "explain", "/stories/mill-bridge/courier/")
    assert (result.exit_code, result.stderr) == (
        1,
        "error: /stories/mill-bridge/courier/: left out, as content/stories/mill-bridge/courier.md is a draft – "
        "ssg build --drafts builds it\n",
    )


def test_explain_what_has_changed(tmp_path: Path) -> None:
    """A source that was edited after the build is marked."""
    ssg(tmp_path, "init")
    ssg(tmp_path, "build")
    article = tmp_path / "content/stories/mill-bridge/courier.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    result = ssg(tmp_path, "explain", "stories/mill-bridge/courier")
    assert "  content/stories/mill-bridge/courier.md (changed since the last build)\n" in result.stdout


def test_explain_marks_no_other_source_than_one_that_changed(tmp_path: Path) -> None:
    """Bytes tell, not times: of a source that was edited in the past and of one that was saved as it was, the first."""
    ssg(tmp_path, "init")
    ssg(tmp_path, "build")
    articles = [tmp_path / f"content/stories/mill-bridge/{name}.md" for name in ("courier", "evening-post")]
    spaced = articles[0].read_text(encoding="utf-8").rstrip("\n")
    articles[0].write_text(f"{spaced}\n\n\n", encoding="utf-8")  # prints the same: no file of the site is written
    time.sleep(0.1)
    ssg(tmp_path, "build")
    assert "changed since" not in ssg(tmp_path, "explain", "stories/mill-bridge").stdout
    articles[0].write_text(f"{spaced}\n\nMore.\n", encoding="utf-8")
    os.utime(articles[0], (1_000_000_000, 1_000_000_000))
    articles[1].touch()
    found = json.loads(ssg(tmp_path, "explain", "stories/mill-bridge", "--json").stdout)
    assert found["changed"] == ["content/stories/mill-bridge/courier.md"]


def test_explain_an_outlet_of_the_settings(tmp_path: Path) -> None:
    """The page of an outlet that `ssg.yml` describes is made from the articles that name it in any way."""
    ssg(tmp_path, "init")
    (tmp_path / "ssg.yml").write_text("outlets:\n  tabloid:\n    name: The Sun\n", encoding="utf-8")
    article = tmp_path / "content/stories/ferry/sun.md"
    article.parent.mkdir(parents=True)
    article.write_text("---\noutlet: The Sun\n---\n\nThe ferry waits.\n", encoding="utf-8")
    ssg(tmp_path, "build")
    found = json.loads(ssg(tmp_path, "explain", "outlets/tabloid", "--json").stdout)
    assert found["made_from"] == ["content/stories/ferry/sun.md"]


def test_explain_a_story_that_an_article_states(tmp_path: Path) -> None:
    """An article is a source of the story that it states, whatever its folder; so are its seed and sidecar."""
    ssg(tmp_path, "init")
    ssg(tmp_path, "build")
    moved = tmp_path / "content/stories/elsewhere/courier.md"
    moved.parent.mkdir()
    article = tmp_path / "content/stories/mill-bridge/courier.md"
    assert "\nstory: mill-bridge\n" in article.read_text(encoding="utf-8")
    article.rename(moved)
    seed = tmp_path / "seeds/mill-bridge/herald.txt"
    seed.parent.mkdir(parents=True, exist_ok=True)
    seed.write_text("Bridge shut\n\nThe bridge is shut, it was said on Monday. Nobody knows why.\n", encoding="utf-8")
    seed.with_suffix(".yml").write_text("outlet: The Herald\ntags: [traffic]\n", encoding="utf-8")
    (tmp_path / "ssg.yml").write_text("base_url: https://town.example/\n", encoding="utf-8")
    (tmp_path / "hooks.py").write_text("", encoding="utf-8")
    assert ssg(tmp_path, "build").exit_code == 0

    def sources(page: str) -> list[str]:
        return list(json.loads(ssg(tmp_path, "explain", page, "--json").stdout)["made_from"])

    assert sources("stories/mill-bridge/courier")[0] == "content/stories/elsewhere/courier.md"
    for page in ("stories/mill-bridge", "tags/traffic", "tags/traffic/feed.xml", str(tmp_path / "site/stories.json")):
        assert {
            "content/stories/elsewhere/courier.md",
            "seeds/mill-bridge/herald.txt",
            "seeds/mill-bridge/herald.yml",
        } <= {*sources(page)}
    assert "content/stories/mill-bridge/herald.md" in sources("outlets/the-herald/feed.json")
    assert "the configuration, hooks.py, the program" in ssg(tmp_path, "explain", "/").stdout


def test_it_looks_at_the_address_that_the_site_was_built_for(tmp_path: Path) -> None:
    """A site built for another address than the configured one has no dead links for that."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path)
    assert ssg(root, "build", "--base-url", "https://other.example/below/").exit_code == 0
    result = ssg(root, "check")
    assert result.exit_code == 0, result.stderr
