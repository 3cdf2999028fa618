"""The preview's server: finished answers over a socket, and news of every build to the open pages.

One thread a connection, one request a connection: nothing is shared but the board, and to stop is to close the
sockets. The news are server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import socket
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, quote, urlsplit

from generator.errors import OutputError
from generator.shell.answers import OWN, TYPES, Answer, Shown, answer, is_allowed_host, plain

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: How many builds back an open page can be told what has changed since; one that is older is loaded anew.
MEMORY = 100
#: Seconds between two signs of life on a silent stream of news: so a closed page is noticed.
BREATH = 15.0
#: Seconds within which a connection must have said all that it wants, and have taken what it is given.
PATIENCE = 30.0
#: Connections that are open at once; with one more, whoever has been slowest to say what it wants is sent away.
MOST = 200

_ASSETS = {name: Path(__file__).parent / "preview" / name for name in ("reload.js", "overlay.css")}


class Board:
    """What is shown now, and what changed on the way there: written by the builder, read by every connection."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._closed = False
        self._now = Shown(), ""
        self._news = ""
        """The version that open pages have been told of."""
        self._serial = 0
        self._past: deque[tuple[str, frozenset[str]]] = deque(maxlen=MEMORY)

    @property
    def now(self) -> tuple[Shown, str]:
        """What is shown, and its version."""
        with self._changed:
            return self._now

    def announce(self, version: str, other: frozenset[str]) -> None:
        """Tell open pages of a version that is about to be shown; requests are to wait for it.

        :param other: files that may be other than before.
        """
        with self._changed:
            if version != self._news:
                self._past.append((version, other))
                self._news = version
                self._serial += 1
                self._changed.notify_all()

    def show(self, shown: Shown, other: frozenset[str] | None = None) -> int:
        """Show something else from now on; return how many files are other than before.

        :param other: those that may be, where that is known; else all are looked at.
        """
        version = shown.version
        with self._changed:
            before, known = self._now
            self._now = shown, version
            if version == known:
                return 0
            other = _other(before, shown) if other is None else other
        self.announce(version, other)
        return len(other)

    def news(self, version: str) -> Iterator[str]:
        """Yield messages for a page that shows *version*: one at once, one for each change, empty ones in between.

        Ends when the board is closed.
        """
        serial = -1
        while not self._closed:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._serial != serial, BREATH)  # noqa: B023
                silent, serial = self._serial == serial, self._serial
                message = "" if silent else self._message(version)
            yield message

    def _message(self, version: str) -> str:
        """Return what happened since *version*; null for the paths where that is not known."""
        shown, now = self._now[0], self._news
        changed: set[str] = set()
        for known, other in reversed(self._past):
            if known == version:
                paths = sorted(quote(shown.base + name) for name in changed)
                return json.dumps({"version": now, "changed": paths})
            changed |= other
        return json.dumps({"version": now, "changed": None})

    def close(self) -> None:
        """End all streams of news."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def _other(before: Shown, after: Shown) -> frozenset[str]:
    names = {*before.files, *after.files}
    return frozenset(name for name in names if before.files.get(name) != after.files.get(name))


def _way_out(error: Exception, port: int) -> str:
    """Return what may help where a port cannot be had."""
    if isinstance(error, PermissionError):
        return "try --port 8000: those below 1024 are often kept for the system"
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"another program has the port; try --port {port + 1 if port < 65535 else 0}"
    return "say a --host that is this machine's own, as 127.0.0.1 or 0.0.0.0"


class _Patient(io.RawIOBase):
    """What a connection says, for so long and no longer, however it deals out its bytes."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection = connection
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        """Return that it can be read from."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what there is, at least one byte.

        :raises TimeoutError: when the time is over.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    """Takes one request; what to answer is decided in `answers`."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def setup(self) -> None:
        """Begin to count the time within which the request must be complete."""
        super().setup()
        self.rfile = io.BufferedReader(_Patient(self.connection, self.timeout))

    @property
    def _preview(self) -> Server:
        return cast(Server, self.server)

    def do_GET(self) -> None:
        """Answer with the body."""
        if self._is_refused():
            return
        target = urlsplit(self.path)
        if target.path == f"{OWN}events":
            self._stream(parse_qs(target.query).get("v", [""])[0])
        else:
            self._send(self._answer(target.path))

    def do_HEAD(self) -> None:
        """Answer with the headers alone."""
        if not self._is_refused():
            self._send(self._answer(urlsplit(self.path).path))

    def _not_allowed(self) -> None:
        if not self._is_refused():
            self._send(plain(405, "Only GET and HEAD are answered here.", Allow="GET, HEAD"))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _not_allowed  # noqa: N815 – the base class's names

    def _is_refused(self) -> bool:
        self._preview.heard(self.connection)
        self.connection.settimeout(self.timeout)
        hosts = self.headers.get_all("Host") or []
        if len(hosts) == 1 and is_allowed_host(hosts[0], self._preview.named):
            return False
        self._send(plain(403, "This preview answers to localhost and to addresses; other names: ssg serve --host NAME"))
        return True

    def _answer(self, path: str) -> Answer:
        if path.startswith(OWN):
            return _own(path.removeprefix(OWN))
        self._preview.until_built()
        asked = {name.lower(): value for name, value in self.headers.items()}
        shown, version = self._preview.board.now
        try:
            return answer(shown, version, self.path, asked)
        except Exception as error:  # a page that cannot be rendered
            self._preview.broken(shown.files, error)
            shown, version = self._preview.board.now
            return answer(shown, version, self.path, asked)

    def _send(self, reply: Answer) -> None:
        self._begin(reply.status, dict(reply.headers))
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _stream(self, version: str) -> None:
        self._begin(200, {"Content-Type": "text/event-stream; charset=utf-8"})
        self.wfile.write(b"retry: 500\n\n")
        for message in self._preview.board.news(version):
            self.wfile.write(f"data: {message}\n\n".encode() if message else b": still here\n\n")

    def _begin(self, status: int, headers: dict[str, str]) -> None:
        common = {
            "Cache-Control": "no-store",
            "Connection": "close",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }
        self.send_response(status)
        for name, value in {**headers, **common}.items():
            self.send_header(name, value)
        self.end_headers()

    def version_string(self) -> str:
        """Tell who answers, not on which Python."""
        return "ssg"

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for builds."""


def _own(name: str) -> Answer:
    """Return one of the server's own files."""
    if name not in _ASSETS:
        return plain(404, "There is nothing at this address.")
    data = _ASSETS[name].read_bytes()
    return Answer(200, {"Content-Type": TYPES[name.rpartition(".")[2]], "Content-Length": str(len(data))}, data)


class Server(ThreadingHTTPServer):
    """A bound port; answers once `running` is entered, and leaves neither thread nor socket behind."""

    daemon_threads = False  # so that closing waits for every one of them
    request_queue_size = 128

    def __init__(
        self,
        host: str,
        port: int,
        board: Board,
        until_built: Callable[[], None],
        broken: Callable[[object, Exception], object],
    ) -> None:
        """Bind *host* and *port* (0: any free one).

        :param broken: takes the files of which one could not be made, and why; shows that on the board.
        :raises OutputError: if that is not possible.
        """
        self.board, self.until_built, self.broken, self.named = board, until_built, broken, host
        self._open: set[socket.socket] = set()
        self._silent: dict[socket.socket, None] = {}
        """Of these, those that have not said yet what they want, the oldest first."""
        self._guard = Lock()
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host, port), _Handler)
        except (OSError, UnicodeError) as error:
            said = getattr(error, "strerror", None) or str(error)
            raise OutputError(f"cannot listen on {host}, port {port} ({said}) – {_way_out(error, port)}") from error

    def server_bind(self) -> None:
        """Bind without asking any name server who we are, as the base class would."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.named, self.server_address[1]

    @property
    def url(self) -> str:
        """Address of the server's root, as this machine's browser reaches it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.named, self.named)  # noqa: S104
        return f"http://[{host}]:{self.server_port}/" if ":" in host else f"http://{host}:{self.server_port}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection while it is open; send somebody away where there are too many."""
        with self._guard:
            self._open.add(request)
            self._silent[request] = None
            slowest = next(iter(self._silent)) if len(self._open) > MOST else None
            if slowest:
                del self._silent[slowest]
                with contextlib.suppress(OSError):
                    slowest.shutdown(socket.SHUT_RDWR)  # its own thread closes it
        super().process_request(request, client_address)

    def heard(self, request: socket.socket) -> None:
        """Take note that a connection has said what it wants."""
        with self._guard:
            self._silent.pop(request, None)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection and close it."""
        with self._guard:
            self._open.discard(request)
            self._silent.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 – the base class's parameters
        """Keep quiet about visitors who went away; anything else is a fault of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            traceback.print_exc()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Answer requests in other threads until the block is left."""
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1})
        thread.start()
        try:
            yield
        finally:
            self.board.close()
            self.shutdown()
            thread.join()
            with self._guard:
                for connection in self._open:
                    with contextlib.suppress(OSError):
                        connection.shutdown(socket.SHUT_RDWR)
            self.server_close()
