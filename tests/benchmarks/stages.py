"""What each stage of a build costs an article: `python -m tests.benchmarks.stages [STORIES] [--write]`.

Stories of five invented tellings of some 700 words, which share about half of their sentences, word for word or with a
word replaced. CPU milliseconds of one process, an article; and what its pages weigh. With `--write` the table goes into
content/docs/scaling.md.
"""

from __future__ import annotations

import os
import platform
import random
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator.compare.digest import digest_of
from generator.compare.group import group
from generator.compare.marks import likely, marks
from generator.compare.witness import witnesses_of
from generator.ingest import content
from generator.ingest.catalogues import catalogue_for
from generator.model import Config
from generator.shell.project import theme_of
from generator.site import render
from generator.site.compared import plan_story
from generator.site.plain import Navigation
from generator.site.words import Words
from tests.benchmarks.beside import loop, sentence
from tests.benchmarks.building import NOUNS, OUTLETS
from tests.benchmarks.pages import put

_Result = TypeVar("_Result")


def telling(story: int, outlet: int) -> str:
    """Return one telling: twenty of its story's sentences, some with a word replaced, and fifteen of its own."""
    common, own = random.Random(story), random.Random(story * 100 + outlet + 1)  # noqa: S311
    shared = own.sample([sentence(common) for _ in range(28)], 20)
    changed = [text.replace(f" {own.choice(NOUNS)} ", f" {own.choice(NOUNS)} ", 1) for text in shared]
    sentences = [*changed, *(sentence(own) for _ in range(15))]
    own.shuffle(sentences)
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def _file(story: int, at: int, outlet: str) -> str:
    return f"---\ntitle: Story {story}\noutlet: {outlet}\n---\n\n{telling(story, at)}\n"


def table(stories: int) -> str:
    """Return the costs as a Markdown table."""
    lines = ["| stage | CPU ms an article |", "|---|---|"]
    count = stories * len(OUTLETS)

    def timed(name: str, work: Callable[[], _Result]) -> _Result:
        before = time.process_time()
        result = work()
        lines.append(f"| {name} | {(time.process_time() - before) / count * 1000:.2f} |")
        return result

    tree = {
        f"content/stories/s{story}/{name}.md": _file(story, at, name).encode()
        for story in range(stories)
        for at, name in enumerate(OUTLETS)
    }
    config, root = Config(base_url="https://town.example/", cards_enabled=False), Path()
    library = timed("reading a content file: header, body, checks", lambda: content.read(tree, config))
    articles = [article for story in library.stories for article in story.articles]
    timed("grouping by text (where no folder says the story)", lambda: group(articles))
    witnesses = timed(
        "taking apart: blocks, sentences, tokens, language",
        lambda: [witness for story in library.stories for witness in witnesses_of(story.articles)],
    )
    samples = timed("marks of a text, by which copies are found", lambda: [marks(w.text) for w in witnesses])
    timed("what is alike in the whole site, by marks", lambda: likely(samples))
    digests = timed("comparing, all stages, taking apart included", lambda: [digest_of(s) for s in library.stories])
    theme = theme_of(root, config.theme)
    said, templates = Words(catalogue_for(theme, "en")), render.environment(theme, config)
    render.printed(plan_story(digests[0], library, config, Navigation(), said)[0], templates)
    planned = timed(
        "planning pages and data",
        lambda: [plan_story(digest, library, config, Navigation(), said)[0] for digest in digests],
    )
    files = timed("rendering pages and data", lambda: [render.printed(pages, templates) for pages in planned])
    each = [data for printed in files for data in printed.values()]
    packed = sum(len(zlib.compress(data, 6)) for data in each)
    lines.append("")
    lines.append(
        f"{len(each) / count:.1f} files an article, {sum(map(len, each)) / count / 1000:.0f} kB"
        f" ({packed / count / 1000:.0f} kB compressed). {count} articles, Python {platform.python_version()};"
        f" a loop of 400,000 rounds in Python: {loop():.3f} s CPU."
    )
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table, and write it down if asked."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()] or [6]
    text = table(numbers[0])
    print(text)
    if "--write" in sys.argv:
        put("scaling.md", "stages", text)


if __name__ == "__main__":
    main()
