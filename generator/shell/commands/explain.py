"""`ssg explain`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

import click

from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.completing import pages


@command(json="what the page was made from", settings=True, writes=False)
@click.argument("page", metavar="PAGE", shell_complete=pages)
def explain(call: Call, page: str) -> None:
    """Say what a page of the built site was made from, and why the last build did or did not make it anew.

    PAGE is an address as in the browser, a path below the site, or a file: /stories/bridge/, stories/bridge,
    site/stories/bridge/index.html.
    """
    from generator.errors import OutputError
    from generator.shell import disk
    from generator.shell.checking import all_sources, written_names
    from generator.shell.project import read_config_of
    from generator.site.origins import file_of, left_out, made_from

    config = read_config_of(call.root, call.settings)
    output = call.root / config.output
    names = written_names(output)
    name = file_of(page, names, config.output, config.base_url)
    sources = all_sources(call.root, config)
    if not name:
        if why := left_out(page, sources, config):
            raise OutputError(f"{page}: {why}")
        if page in sources:
            raise OutputError(f"{page} is a source – say one of its pages{_page_of(page, names)}")
        raise OutputError(f"{page}: {config.output}/ has no such page{_nearest(page, names)}")
    found = made_from(name, sources)
    built = (output / disk.MANIFEST).stat().st_mtime_ns
    changed = [path for path in found if (call.root / path).stat().st_mtime_ns > built]
    lines = [f"{config.output}/{name} ({(output / name).stat().st_size:,} bytes)", "made from:"]
    lines += [f"  {path}{' (changed since the last build)' if path in changed else ''}" for path in found]
    lines += [f"  the theme {config.theme}, the configuration, the program"]
    why = _why(call.root, name)
    lines += [why] if why else []
    if not call.as_json:
        call.print("\n".join(lines))
    call.answer({"version": 1, "page": name, "made_from": list(found), "changed": changed, "why": why})


def _why(root: Path, name: str) -> str:
    """Return why the last build made a page anew, or did not."""
    from generator.shell.cache import Cache

    with Cache(root) as cache:
        reasons = cache.note("told")
    if not isinstance(reasons, dict):
        return ""
    parts = name.split("/")
    if name.startswith("static/"):
        return "a file of the theme, copied as it is"
    if parts[0] not in ("stories", "embed") or len(parts) < 3 or parts[1] == "page":
        return _of_no_story(reasons)
    if parts[1] in reasons:
        return f"told anew by the last build: {reasons[parts[1]]}"
    return "not told anew by the last build: nothing that it is made from had changed"


def _of_no_story(reasons: Mapping[str, str]) -> str:
    """Return why a list, a feed or an editor's own page was made."""
    told = [f"{story} ({why})" for story, why in sorted(reasons.items())]
    more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    last = f"told anew {', '.join(told[:_NAMED])}{more}" if told else "told no story anew"
    return (
        "belongs to no single story: made by every build that finds anything changed, and written if it is other than "
        f"before; the last one {last}"
    )


#: So many stories are named.
_NAMED = 5


def _page_of(path: str, names: Container[str]) -> str:
    """Return the page that a content file is printed on, as an example of what may be asked for."""
    address = path.removeprefix("content/").removesuffix(".md").removesuffix("_index").rstrip("/")
    return f", as ssg explain /{address}/" if address and f"{address}/index.html" in names else ""


def _nearest(page: str, names: Iterable[str]) -> str:
    from generator.ingest.suggest import nearest

    pages = {name.removesuffix("index.html").rstrip("/"): name for name in names if name.endswith("index.html")}
    found = nearest(page.strip("/"), pages)
    return f" – did you mean /{found}/?" if found else ""
