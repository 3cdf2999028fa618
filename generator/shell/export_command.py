"""One story as one file: read, compared, and put into a format."""

from __future__ import annotations

import os
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from generator.one_story import story_index
from generator.shell.project import configured, read_project
from generator.shell.standalone import standalone
from generator.site import compared, render
from generator.site.account import account
from generator.site.export import Form, export
from generator.site.overview import grid

if TYPE_CHECKING:
    from generator.model import Config, Tree
    from generator.shell.call import Call
    from generator.site.index import Index
    from generator.site.story import StoryView

_STYLE = "static/style.css"


def exported(call: Call, story: str, form: str) -> str:
    """Return a story of the project as text.

    :param story: its name, or its folder as the shell completes it: `content/stories/bridge/`.
    :raises SourceError: with every problem of the sources, or if there is no such story.
    """
    config = configured(call.root, assignments=call.settings)
    project = read_project(call.root, config)
    name = story.replace(os.sep, "/").rstrip("/").rpartition("content/stories/")[2]
    index = story_index(project.sources, project.theme, config, name, project.hooks)
    if form == "html":
        return _page(index, project.theme, config)
    return export(index, cast(Form, form), config)


def schema_of(name: str) -> str:
    """Return the JSON Schema (draft 2020-12) of `story.json` or `stories.json`."""
    return (files("generator.site") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def _page(index: Index, theme: Tree, config: Config) -> str:
    """The story's page alone, for mailing and for keeping, all of it: style inside, no scripts, nothing to load."""
    alone = replace(config, embed_enabled=False)
    page = next(page for page in compared.story_pages(index, alone) if page.template == "story.html")
    view = replace(cast("StoryView", page.data["story"]), account=account(index), grid=grid(index), pairs_page="")
    page = replace(page, data={**page.data, "nav": (), "story": view})
    made = render.render(page, render.environment(theme, alone))
    return standalone(made.decode("utf-8"), theme.get(_STYLE, b"").decode("utf-8", "replace"))
