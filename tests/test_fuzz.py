"""The promises of the fuzz targets, for inputs that once broke them and for some thousands more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

KEPT = sorted((Path(__file__).parent / "fuzz" / "kept").glob("*-*"))
#: Pieces that mean something to one room or another, and bytes that mean nothing to any.
PIECES = [
    *(b"---\n", b"title: ", b"a: b\n", b"- ", b"\n\n", b"# ", b"> ", b"```\n", b"| a | b |\n|---|---|\n", b"[a](http://x.example)"),
    *(b"<script>", b"&amp;", b"\\", b"*", b"_", b'"', b"'", b"{{", b'{"text": "', b"\\ud800", b": ", b"[", b"]", b"{", b"}"),
    *("“ ” ’ – … « » \u202e \u200d é 中文。 שלום".encode().split(b" ")),
    *(b"Mr. Smith said. ", b"$3.5 million ", b"two-thirds ", b"Sept. 31 ", b"12:30 ", b"U.S. ", b"over an hour ", b"3,000 "),
    *(b"\xff", b"\x00", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n", b" ", b"a", b"bytes=0-1", b"%2e", b"/", b"localhost"),
]  # fmt: skip


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_was_found(path: Path) -> None:
    """An input that broke a promise once breaks none any more."""
    TARGETS[path.name.split("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=40, deadline=None)
@given(data=st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=25).map(b"".join))
def test_promises(name: str, data: bytes) -> None:
    """Any mixture of meaningful pieces and noise is answered, or told to be wrong; nothing is lost or forged."""
    if name == "page":
        pytest.importorskip("trafilatura")
    TARGETS[name](data)
