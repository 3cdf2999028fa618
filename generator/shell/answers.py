"""What a request is answered with: the built files, in memory, as GitHub Pages would serve them.

Pure: a finished site and a request in, an answer out. Only what the site's mapping holds can be asked for, so no
path leads anywhere else.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import field, replace
from hashlib import sha256
from urllib.parse import quote, unquote, urlsplit

from generator.values import dataclass

TYPES = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "map": "application/json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}

#: Where the server's own files lie: no page of a site begins so.
OWN = "/_ssg/"

_HEAD = re.compile(rb"<head(?:\s[^>]*)?>", re.IGNORECASE)
_BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)
_POLICY = re.compile(rb"(<meta\s+http-equiv=([\"']?)Content-Security-Policy\2\s+content=\")([^\"]*)(\")", re.IGNORECASE)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the server shows: the last good site, and what is wrong with the sources since."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = "/"
    """Path that the site lies at, with a slash at both ends."""
    overlay: bytes = b""
    """HTML that tells the problems; empty where there is none."""
    note: bytes = b""
    """HTML that tells what is still being done; empty where nothing is."""
    name: str = ""
    """A name for the files, the same for the same files, where one is known; else it is made of the files."""

    @property
    def version(self) -> str:
        """A name for all of this, the same for the same values."""
        digest = sha256(b"\0".join((self.base.encode(), self.name.encode(), self.overlay)))
        if self.name:
            return digest.hexdigest()[:16]
        for name, data in sorted(self.files.items()):
            digest.update(b"\0" + name.encode("utf-8", "surrogatepass") + b"\0" + sha256(data).digest())
        return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


#: Where a relative address begins: on the page for what is not found it would lead elsewhere at each depth.
_RELATIVE = re.compile(rb"""(\s(?:href|src)=")(?!/|#|[a-z][a-z+.-]*:)""")


def answer(shown: Shown, version: str, target: str, asked: Mapping[str, str]) -> Answer:
    """Return what a GET of *target* is answered with.

    :param version: `shown.version`, once for many requests.
    :param target: path and query as they stand in the request.
    :param asked: the request's headers, their names in lower case.
    """
    if shown.overlay and not shown.name and not shown.files:
        return _file(500, "problems.html", _previewed(PROBLEMS % shown.overlay, b"", version), asked)
    name = name_of(target, shown.base)
    if name is not None:
        for found in (name, f"{name}.html"):
            if found in shown.files:
                return _served(shown, version, 200, found, asked)
        if f"{name}/index.html" in shown.files:
            return _moved(f"{shown.base}{name}/", target)
    elif shown.base != "/" and _path(target) in ("/", shown.base.rstrip("/")):
        return _moved(shown.base, target)
    if "404.html" in shown.files:
        rooted = {"404.html": _RELATIVE.sub(b"\\1" + quote(shown.base).encode(), shown.files["404.html"])}
        return _served(replace(shown, files=rooted), version, 404, "404.html", asked)
    return plain(404, "There is nothing at this address.")


#: A page for problems where there is no site to lay them over.
PROBLEMS = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; \
connect-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Problems</title>
</head>
<body>
%s
</body>
</html>
"""


def name_of(target: str, base: str) -> str | None:
    """Return the file of the site that *target* names; None where it lies outside the site, or is no text."""
    path = _path(target)
    if path is None or not path.startswith(base):
        return None
    name = path.removeprefix(base)
    return f"{name}index.html" if not name or name.endswith("/") else name


def _path(target: str) -> str | None:
    """Return the path of a request, unquoted; None where it is no UTF-8 or no address at all."""
    try:
        return unquote(urlsplit(target).path, errors="strict")
    except ValueError:
        return None


def plain(status: int, text: str, **headers: str) -> Answer:
    """Return an answer of one line of text."""
    body = f"{text}\n".encode()
    return Answer(status, {"Content-Type": TYPES["txt"], "Content-Length": str(len(body)), **headers}, body)


def _moved(path: str, target: str) -> Answer:
    """Send a visitor on; *path* is made of names that the site has, so it leads to no other host."""
    query = urlsplit(target).query
    location = quote(path) + (f"?{query}" if query else "")
    return plain(301, "It lies one slash further.", Location=location)


def _served(shown: Shown, version: str, status: int, name: str, asked: Mapping[str, str]) -> Answer:
    data = shown.files[name]
    if name.endswith(".html"):
        data = _previewed(data, shown.overlay + shown.note, version)
    return _file(status, name, data, asked)


def _file(status: int, name: str, data: bytes, asked: Mapping[str, str]) -> Answer:
    """Return a file, a part of it, or the news that the visitor has it already (RFC 9110, sections 13 and 14)."""
    tag = f'"{sha256(data).hexdigest()[:16]}"'
    headers = {"Content-Type": type_of(name), "ETag": tag}
    if status == 200:
        headers["Accept-Ranges"] = "bytes"
        if _has(asked.get("if-none-match") or "", tag):
            return Answer(304, headers)
        span = None if (asked.get("if-range") or tag) != tag else span_of(asked.get("range") or "", len(data))
        if span is not None:
            return _part(headers, data, *span)
    return Answer(status, {**headers, "Content-Length": str(len(data))}, data)


def _has(tags: str, tag: str) -> bool:
    return tags.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in tags.split(","))


def _part(headers: Mapping[str, str], data: bytes, start: int, end: int) -> Answer:
    if start >= end:
        return Answer(416, {**headers, "Content-Range": f"bytes */{len(data)}", "Content-Length": "0"})
    place = {"Content-Range": f"bytes {start}-{end - 1}/{len(data)}", "Content-Length": str(end - start)}
    return Answer(206, {**headers, **place}, data[start:end])


def span_of(text: str, size: int) -> tuple[int, int] | None:
    """Return the half-open range of bytes that a `Range` header asks for; an empty one where it cannot be had.

    None where it asks for nothing that is understood, or for several ranges: then the whole file is right.
    """
    found = _RANGE.fullmatch(text.strip())
    if not found or found.group() == "bytes=-" or len(text) > 60:
        return None
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return min(int(first), size), min(int(last) + 1, size) if last else size


def type_of(name: str) -> str:
    """Return a file's media type, by its ending alone: the same on every machine."""
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


# ---------------------------------------------------------------------------- preview


def _previewed(html: bytes, overlay: bytes, version: str) -> bytes:
    """Return a page with the script that keeps it fresh, and what is wrong laid over it.

    The script comes before the page's own, so that it sees the page as it was served.
    """
    script = f'<script src="{OWN}reload.js?v={version}" defer></script>'.encode()
    html = _POLICY.sub(lambda found: found[1] + relaxed(found[3].decode("latin-1")).encode("latin-1") + found[4], html)
    html, count = _HEAD.subn(lambda found: found[0] + script, html, count=1)
    if not count:
        html += script
    if overlay:
        ends = list(_BODY_END.finditer(html))
        end = ends[-1].start() if ends else len(html)
        html = html[:end] + overlay + html[end:]
    return html


def relaxed(policy: str) -> str:
    """Return a content security policy that lets the preview's own script, style and events in."""
    rules = {words[0].lower(): words[1:] for part in policy.split(";") if (words := part.split())}
    for name in ("script-src", "style-src", "connect-src"):
        allowed = rules.get(name, rules.get("default-src", ["*"]))
        if "'self'" not in allowed and "*" not in allowed:
            rules[name] = [*(word for word in allowed if word != "'none'"), "'self'"]
    return "; ".join(" ".join([name, *words]) for name, words in rules.items())


def is_allowed_host(host: str | None, named: str) -> bool:
    """Return whether a `Host` header names this machine: localhost, an address, or the name it was started with.

    Any other name may be a foreign site that lets its own name point here, to read what is served (DNS rebinding).
    """
    try:
        name = (urlsplit(f"//{host or ''}").hostname or "").rstrip(".")
        if name in {"localhost", named.lower().rstrip(".")} or name.endswith(".localhost"):
            return bool(name)
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
