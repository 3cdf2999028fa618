"""`ssg config`."""

from __future__ import annotations

import json

import click

from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.completing import settings

SCHEMAS = ("ssg", "article", "story", "outlet", "page", "section", "sidecar", "theme")


@command(json="the settings and their origins", settings=True, writes=False)
@click.argument("key", metavar="[KEY]", default="", shell_complete=settings)
@click.option("--schema", type=click.Choice(SCHEMAS), help="Print the JSON Schema of a kind of file, for editors.")
def config(call: Call, key: str, schema: str | None) -> None:
    """Print the configuration as it is in effect, and where each setting comes from.

    With a KEY, as title or feeds.items, print that value alone. The environment overrides ssg.yml (SSG_TITLE,
    SSG_FEEDS_ITEMS), and --set title=… overrides both.
    """
    import os

    from generator.ingest.config import mistyped
    from generator.ingest.settings import BY_KEY
    from generator.ingest.suggest import did_you_mean
    from generator.shell.settings import lines, settings_of, written

    if schema:
        from generator.ingest.schema import schema_of

        call.print(json.dumps(schema_of(schema), ensure_ascii=False, indent=2))
        return
    if key and key not in BY_KEY:
        raise click.BadParameter(f"no setting {key!r}{did_you_mean(key, BY_KEY)}", param_hint="KEY")
    found = settings_of(call.root, call.settings)
    call.warn(mistyped(os.environ))
    values = {setting.key: written(getattr(found.config, setting.field)) for setting in BY_KEY.values()}
    rows = {name: {"value": value, "from": found.origins[name]} for name, value in values.items() if key in ("", name)}
    if call.as_json:
        call.answer({"version": 1, "settings": rows})
    elif key:
        value = values[key]
        call.print(value if isinstance(value, str) else json.dumps(value))
    else:
        for line in lines(found):
            call.print(line)
