"""What a reader does: finds the changed quotation, walks the changes, follows a moved sentence, prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import build
from generator.model import Config
from tests import sample
from tests.waiting import happens

pytestmark = pytest.mark.browser

HARBOUR = "stories/harbour/index.html"
PAIR = "stories/harbour/diff/courier/herald/index.html"

SEEDS = {
    "harbour/courier.txt": (
        "The harbour bridge closed to lorries on Monday after cracks were found in four bearings.\n\n"
        "“We did not see any danger to cars today,” city engineer Ada Okafor told reporters.\n\n"
        "Repairs will cost an estimated 4.5 million crowns and last until autumn.\n\n"
        "Ferry traffic is to double from Wednesday.\n\n"
        "The President of the shippers’ guild asked for a second ferry.\n\n"
        "Shop owners on the east bank fear for their deliveries."
    ),
    "harbour/herald.txt": (
        "Ferry traffic is to double from Wednesday on.\n\n"
        "The harbour bridge closed to lorries on Monday after cracks were found in three bearings.\n\n"
        "“We did see danger to cars today,” city engineer Ada Okafor told reporters.\n\n"
        "Repairs will cost an estimated 5.4 million crowns and last until autumn.\n\n"
        "The president of the shippers’ guild asked for a second ferry.\n\n"
        "Nobody knows who will pay for it."
    ),
    "harbour/radio.txt": (
        "The bridge in the harbour is closed to lorries since Monday, as cracks were found in four bearings.\n\n"
        "“We did not see any danger to cars today,” said Ada Okafor, the city’s engineer.\n\n"
        "The repairs cost some 4.5 million crowns."
    ),
    "owl/courier.txt": "An owl has moved into the clock tower of Stenby.\n\nThe clock rests until they have flown.",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two stories' site, built from captures."""
    folder = tmp_path_factory.mktemp("reading")
    sources: dict[str, bytes] = {}
    for path, text in SEEDS.items():
        outlet = path.split("/")[1].removesuffix(".txt")
        sources[f"seeds/{path}"] = text.encode()
        sources[f"seeds/{path.removesuffix('.txt')}.yml"] = f"outlet: The {outlet.capitalize()}\n".encode()
    for path, data in build(sources, sample.theme(), Config()).files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


@pytest.fixture
def page(browser) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """Yield a page of a fresh visitor, who is told no complaint."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    context.close()
    assert complaints == []


def test_from_home_to_the_changed_quotation(page, site) -> None:  # type: ignore[no-untyped-def]
    """Two clicks lead from the home page to the word that one paper drops from a quotation."""
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name=re.compile("quotation.* altered")).click()
    quote = page.locator(".quote").first
    quote.wait_for()
    assert "danger to cars today" in quote.inner_text()
    assert "not" in quote.locator(".verdicts").inner_text()
    quote.locator(".who a").first.click()
    assert page.locator("article.telling :target").inner_text().strip("0123456789").startswith("“We did")


def test_all_changes_by_keyboard(page, site) -> None:  # type: ignore[no-untyped-def]
    """The key n visits every change once, in order, then begins anew; each is named, shown and addressed."""
    page.goto((site / PAIR).as_uri())
    numbers = page.locator(".chg-no").all_inner_texts()
    assert len(numbers) > 3
    seen = []
    for _ in numbers:
        page.keyboard.press("n")
        seen.append(page.evaluate("document.activeElement.textContent"))
        assert page.locator(".chg.is-here").first.is_visible()
    assert seen == numbers
    addresses = {page.evaluate("location.hash")}
    page.keyboard.press("n")
    assert page.get_by_role("status").inner_text() == f"Change 1 of {len(numbers)}"
    assert page.evaluate("location.hash") not in addresses
    page.get_by_role("button", name="Previous change").click()
    assert page.get_by_role("status").inner_text() == f"Change {len(numbers)} of {len(numbers)}"


def test_steps_follow_a_page_that_changes(page, site) -> None:  # type: ignore[no-untyped-def]
    """Where a preview has exchanged parts of the page, the changes that are left are counted and visited."""
    page.goto((site / PAIR).as_uri())
    before = page.locator(".chg-no").count()
    page.keyboard.press("n")
    page.evaluate("document.querySelector('.chg[id]').remove()")
    page.keyboard.press("n")
    assert page.get_by_role("status").inner_text() == f"Change 1 of {before - 1}"


def test_a_changes_address_leads_to_it(page, site) -> None:  # type: ignore[no-untyped-def]
    """Whoever opens a change's address sees that change, and steps on from there."""
    page.goto((site / PAIR).as_uri())
    address = page.locator(".chg-no").nth(1).get_attribute("href")
    page.goto((site / PAIR).as_uri() + address)
    page.goto("about:blank")
    page.goto((site / PAIR).as_uri() + address)
    box = page.locator(".chg-no").nth(1).bounding_box()
    assert 0 < box["y"] < 800
    page.keyboard.press("n")
    assert page.get_by_role("status").inner_text().startswith("Change 3 of")


def test_a_moved_sentence_is_followed(page, site) -> None:  # type: ignore[no-untyped-def]
    """A sentence that stands elsewhere in the other telling leads there, and from there back."""
    page.goto((site / PAIR).as_uri())
    first = page.locator(".row-moved .none a").first
    there = first.get_attribute("href")
    first.click()
    assert page.evaluate("location.hash") == there
    assert page.locator(there).is_visible()
    back = page.locator(f".row:has({there}) .none a").get_attribute("href")
    page.locator(f".row:has({there}) .none a").click()
    assert page.evaluate("location.hash") == back != there


def test_what_a_moved_pair_shares_does_not_look_changed(page, site) -> None:  # type: ignore[no-untyped-def]
    """A word that two unlike sentences share is ruled, not red, whether one of them has moved or not."""
    page.goto((site / PAIR).as_uri())
    ground = page.locator(".row-moved .side:not(.none) p").first.evaluate(
        "p => getComputedStyle(p.appendChild(document.createElement('mark'))).backgroundColor"
    )
    assert ground == "rgba(0, 0, 0, 0)"


def test_case_changes_can_be_hidden(page, site) -> None:  # type: ignore[no-untyped-def]
    """“President” against “president” is marked lightly, counts as no change of words, and can be hidden."""
    page.goto((site / PAIR).as_uri())
    lost, came = page.locator("del.case"), page.locator(".new ins.case")
    assert (lost.inner_text(), came.inner_text()) == ("President", "president")
    assert "dotted" in came.evaluate("el => getComputedStyle(el).textDecoration")
    page.get_by_label("Hide punctuation and case").check()
    assert "underline" not in came.evaluate("el => getComputedStyle(el).textDecorationLine")
    assert "line-through" not in lost.evaluate("el => getComputedStyle(el).textDecorationLine")
    page.get_by_label("Inline").check()
    assert not lost.is_visible()


def test_context_comes_back_on_demand(page, site) -> None:  # type: ignore[no-untyped-def]
    """With changes only, sentences alike fold into a line that says how many they are, and unfold one by one."""
    page.goto((site / PAIR).as_uri())
    alike = page.locator(".row-same").first
    assert alike.is_visible()
    stays = "e => getComputedStyle(e).fontFamily === getComputedStyle(e.parentElement).fontFamily"
    assert page.locator(".row-change .run").first.evaluate(stays)
    page.get_by_label("Changes only").check()
    assert not alike.is_visible()
    page.get_by_label(re.compile("sentences? alike")).first.check()
    assert alike.is_visible()
    run = page.locator(".row-change .run").first
    assert run.evaluate("el => getComputedStyle(el).fontSize") == "0px"
    page.locator(".row-change:has(.run)").first.get_by_label("whole sentence").check()
    assert run.evaluate("el => getComputedStyle(el).fontSize") != "0px"


def test_the_map_follows_the_reader(page, site) -> None:  # type: ignore[no-untyped-def]
    """The map of a pair shows which part of either telling is in the window."""
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto((site / PAIR).as_uri())
    page.mouse.wheel(0, 300)
    shown = "document.querySelector('.mm-window')?.getAttribute('d')"
    # Nothing of either telling is in the window before the page is scrolled.
    before = happens(page, f"nothing => {shown} != nothing && {shown}", "M0 0")
    assert before.startswith("M")
    page.mouse.wheel(0, 5000)
    assert happens(page, f"d => {shown} != d", before)


def test_a_strips_marks_are_named_and_lead_on(page, site) -> None:  # type: ignore[no-untyped-def]
    """Focus names a mark at once, arrows go to the next sentence, and a mark leads to it."""
    page.goto((site / HARBOUR).as_uri())
    page.locator(".strip a").first.focus()
    assert page.locator(".tip").inner_text().startswith("A1: in 3 tellings – The harbour bridge")
    page.keyboard.press("ArrowRight")
    assert page.locator(".tip").inner_text().startswith("A2:")
    page.keyboard.press("Enter")
    page.wait_for_url("**/courier/index.html#A2")


def test_the_contents_follow_along(page, site) -> None:  # type: ignore[no-untyped-def]
    """The table of contents says which part of a story is being read."""
    page.goto((site / HARBOUR).as_uri())
    for part in ("quotes", "facts", "sources"):
        page.evaluate(f"document.getElementById('{part}').scrollIntoView()")
        page.wait_for_selector(f'.rail a[aria-current][href="#{part}"]')
        assert page.locator(".rail [aria-current]").count() == 1


def test_a_story_prints(page, site) -> None:  # type: ignore[no-untyped-def]
    """A story prints as a document that fits its sheets, without navigation, with every wording unfolded."""
    page.goto((site / HARBOUR).as_uri())
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.locator(".readings").first.is_visible()
    assert not any(page.locator(name).first.is_visible() for name in (".rail", ".quiet", ".masthead nav", ".skip"))


def test_without_scripts_a_pair_is_complete(browser, site) -> None:  # type: ignore[no-untyped-def]
    """Without scripts both texts stand side by side, sides can be swapped, and no dead button is shown."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto((site / PAIR).as_uri())
    assert page.locator("button:visible").count() == 0
    for text in SEEDS["harbour/courier.txt"].split("\n\n"):
        words = page.locator(".old").all_text_contents()
        assert any(text.split()[-1].strip(".”") in told for told in words)
    page.get_by_label("Swap sides").check()
    old, new = (page.locator(f".row-change .{side}").first.bounding_box()["x"] for side in ("old", "new"))
    assert new < old
    context.close()


def test_changes_are_announced_until_turned_off(page, site) -> None:  # type: ignore[no-untyped-def]
    """Who hears a page is told what was left out and what was added, on every page, until they turn that off."""
    page.goto((site / PAIR).as_uri())
    row = page.locator(".row-change", has=page.locator("del:not(.case)")).first
    assert "left out:" in row.aria_snapshot()
    assert "left out" not in row.inner_text()
    page.get_by_label("Swap sides").check()
    assert page.locator(".row-change del").first.get_attribute("data-said") == "added"
    page.get_by_label("Swap sides").uncheck()
    switch = page.get_by_label("Announce changes")
    assert switch.evaluate("el => getComputedStyle(el.parentElement).clipPath") != "none"
    switch.focus()
    assert switch.evaluate("el => getComputedStyle(el.parentElement).clipPath") == "none"
    page.keyboard.press("Space")
    assert "left out" not in row.aria_snapshot()
    page.goto((site / HARBOUR).as_uri())
    page.locator(".variants summary").first.click()
    assert "left out" not in page.locator(".readings").first.aria_snapshot()
    page.get_by_label("Announce changes").press("Space")
    assert "left out:" in page.locator("#account").aria_snapshot()


def test_a_siglum_tells_its_outlet(page, site) -> None:  # type: ignore[no-untyped-def]
    """Under the pointer or the focus a letter says whose it is."""
    page.goto((site / HARBOUR).as_uri())
    sign = page.locator(".sigla a").first
    sign.hover()
    assert sign.get_attribute("title") == "The Courier"
    other = page.locator(".quote .who a").nth(1)
    other.focus()
    assert other.get_attribute("title").startswith("The ")


def test_letters_beside_a_quotation_cover_nothing(page, site) -> None:  # type: ignore[no-untyped-def]
    """On a narrow page, too, the letters of those who print a wording stand beside its speaker, not over the name."""
    for width in (360, 500, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto((site / HARBOUR).as_uri())
        for row in page.locator(".collation > li").all():
            if row.is_visible():
                letters, name = row.locator(".who a").last.bounding_box(), row.locator(".speaker bdi").bounding_box()
                assert name["x"] >= letters["x"] + letters["width"] or name["y"] >= letters["y"] + letters["height"]


def test_names_of_outlets_have_room(page, site) -> None:  # type: ignore[no-untyped-def]
    """In every table of outlets a name has room for its words."""
    for width in (768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(next((site / "outlets").glob("*courier*/index.html")).as_uri())
        assert page.locator("#alike tbody th").count() == 2
        for cell in page.locator("#alike tbody th").all():
            assert cell.bounding_box()["height"] < 70, width


def test_a_hidden_link_takes_no_line(page, site) -> None:  # type: ignore[no-untyped-def]
    """Between who carries a passage and what is not alike in it there is no empty line for a link that is not seen."""
    page.goto((site / HARBOUR).as_uri())
    boxes = [row.bounding_box() for row in page.locator(".apparatus > p.support").all()]
    assert {round(box["height"]) for box in boxes} == {round(min(box["height"] for box in boxes))}
    assert page.locator(".passage .embed-link").count() == page.locator(".account .passage").count()
