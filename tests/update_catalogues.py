"""Bring the catalogues up to the source: new strings come in empty, strings that are gone go out.

Run it as `python -m tests.update_catalogues [LANGUAGE…]` after marking a string; a language that has no catalogue
yet gets one. Then fill in what is empty: `tests/test_catalogues.py` names it.
"""

from __future__ import annotations

import io
import sys

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.catalogues import LOCALE, languages, source, translated


def updated(language: str) -> bytes:
    """Return a language's catalogue with the strings of the source, by alphabet."""
    found = source()
    old = translated(language) if language in languages() else Catalog(locale=language)
    for message in found:
        if message.id:
            known = old.get(message.id, context=message.context)
            old_plural = known is not None and isinstance(known.id, tuple)
            if known and old_plural == isinstance(message.id, tuple):
                message.string, message.flags = known.string, known.flags
    made = Catalog(locale=language)
    # As many forms as the catalogue itself says, not as Babel would have for the language.
    made._num_plurals, made._plural_expr = old.num_plurals, old.plural_expr
    lines = [
        f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {old.plural_forms}\\n"\n'
    ]
    for message in found:
        if message.id:
            made[message.id] = message
    stream = io.BytesIO()
    write_po(stream, made, width=110, omit_header=True, no_location=True, sort_output=True)
    return "\n".join(lines).encode() + b"\n" + stream.getvalue().strip() + b"\n"


if __name__ == "__main__":
    for name in sys.argv[1:] or languages():
        text = updated(name)
        LOCALE.mkdir(exist_ok=True)
        (LOCALE / f"{name}.po").write_bytes(text)
        print(f"{name}: {text.count(b'msgid ') - 1} strings")
