"""`ssg explain`."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
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
    from generator.shell.reasons import changed, why
    from generator.site.origins import file_of, left_out, made_from

    config = read_config_of(call.root, call.settings)
    output = call.root / config.output
    names = written_names(output)
    name = file_of(_below(page, output), names, config.output, config.base_url or _address(output))
    sources = all_sources(call.root, config)
    if not name:
        if absent := left_out(page, sources, config):
            raise OutputError(f"{page}: {absent}")
        if page in sources:
            raise OutputError(f"{page} is a source – say one of its pages{_page_of(page, names)}")
        raise OutputError(f"{page}: {config.output}/ has no such page{_nearest(page, names)}")
    found = made_from(name, sources, config.outlets)
    others = changed(call.root, sources, found, (output / disk.MANIFEST).stat().st_mtime_ns)
    lines = [f"{config.output}/{name} ({(output / name).stat().st_size:,} bytes)", "made from:"]
    lines += [f"  {path}{' (changed since the last build)' if path in others else ''}" for path in found]
    hooks = ", hooks.py" if (call.root / "hooks.py").exists() else ""
    lines += [f"  the theme {config.theme}, the configuration{hooks}, the program"]
    said = why(call.root, name)
    lines += [said] if said else []
    if not call.as_json:
        call.print("\n".join(lines))
    call.answer({"version": 1, "page": name, "made_from": list(found), "changed": others, "why": said})


def _below(page: str, output: Path) -> str:
    """Return what is asked for, below the output folder if it is a file there."""
    place, folder = os.path.abspath(page), os.path.abspath(output)
    return os.path.relpath(place, folder).replace(os.sep, "/") if place.startswith(folder + os.sep) else page


def _address(output: Path) -> str:
    """Return the address that the site was built for where no setting says it: `ssg deploy` works it out."""
    from generator.shell.checking import built_for

    home = output / "index.html"
    return built_for({"index.html": home.read_bytes()}) if home.is_file() else ""


def _page_of(path: str, names: Container[str]) -> str:
    """Return the page that a content file is printed on, as an example of what may be asked for."""
    address = path.removeprefix("content/").removesuffix(".md").removesuffix("_index").rstrip("/")
    return f", as ssg explain /{address}/" if address and f"{address}/index.html" in names else ""


def _nearest(page: str, names: Iterable[str]) -> str:
    from generator.ingest.suggest import nearest

    pages = {name.removesuffix("index.html").rstrip("/"): name for name in names if name.endswith("index.html")}
    found = nearest(page.strip("/"), pages)
    return f" – did you mean /{found}/?" if found else ""
