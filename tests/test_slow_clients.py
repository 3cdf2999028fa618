"""Whoever deals out a request byte by byte, or takes no answer, keeps nobody else from the preview, nor for ever."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress

import pytest

from generator.shell import http as preview_http
from generator.shell.answers import Shown
from generator.shell.http import Board, Server
from tests.waiting import LIMIT, until

BIG = b"x" * 16_000_000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Return a running server that has little patience and few seats; afterwards no thread of it is left."""
    monkeypatch.setattr(preview_http._Handler, "timeout", 1.0)
    monkeypatch.setattr(preview_http, "MOST", 12)
    before, board = set(threading.enumerate()), Board()
    board.show(Shown({"index.html": b"home", "big.txt": BIG}))
    with Server("127.0.0.1", 0, board, lambda: None, print) as made, made.running():
        yield made
    assert until(lambda: before.issuperset(threading.enumerate()))


def _connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), timeout=LIMIT)


def _home(server: Server) -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LIMIT)) as connection:
        connection.request("GET", "/")
        return connection.getresponse().read()[:4]


@pytest.mark.parametrize("start", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n"], ids=["the line", "the headers"])
def test_a_request_dealt_out_byte_by_byte(server: Server, start: bytes) -> None:
    """A request that never ends (slowloris) is ended, though its bytes keep coming; others are answered meanwhile."""
    with closing(_connected(server)) as slow:
        slow.sendall(start)

        def is_ended() -> bool:
            with suppress(TimeoutError):
                slow.settimeout(0.05)
                try:
                    slow.sendall(b"X")
                    return not slow.recv(100)
                except ConnectionError:
                    return True
            return False

        assert not is_ended()
        assert _home(server) == b"home"
        assert until(is_ended)


def test_an_answer_that_nobody_takes(server: Server) -> None:
    """A client that asks for much and reads nothing is let go."""
    with closing(_connected(server)) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(b"GET /big.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert _home(server) == b"home"
        assert until(lambda: not server._open)


def test_a_crowd_of_silent_clients(server: Server) -> None:
    """With every seat taken the one who has been silent longest goes, and who asks is answered."""
    with ExitStack() as stack:
        silent = [stack.enter_context(closing(_connected(server))) for _ in range(60)]
        assert _home(server) == b"home"
        assert silent[0].recv(1) == b""
        assert until(lambda: len(server._open) <= preview_http.MOST)


def test_open_pages_are_not_sent_away(server: Server) -> None:
    """A page that listens for news keeps its seat, however many come and say nothing."""
    with ExitStack() as stack:
        page = stack.enter_context(closing(_connected(server)))
        page.sendall(b"GET /_ssg/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert page.recv(1)
        for _ in range(40):
            stack.enter_context(closing(_connected(server)))
        assert _home(server) == b"home"
        server.board.show(Shown({"index.html": b"home, changed"}))
        heard = b""
        while b'"changed": ["/index.html"' not in heard and b'"changed": null' not in heard[-40:]:
            part = page.recv(4096)
            assert part, heard
            heard += part


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET <script>alert(1)</script> HTTP/1.1 x\r\n\r\n",
        b"PURGE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x00" * 1000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nGET /x",
        b"GET / HTTP/1.1\nHost: localhost\n\n",
    ],
)
def test_requests_that_are_none(server: Server, request_bytes: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """Nonsense is refused with a status of its own or with silence, one answer at most, and never with a traceback."""
    with closing(_connected(server)) as connection:
        with suppress(ConnectionError):
            connection.sendall(request_bytes)
        answer = b""
        with suppress(ConnectionError):
            while part := connection.recv(65536):
                answer += part
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert not answer or answer.startswith((b"HTTP/1.1 ", b"<!DOCTYPE HTML"))
    assert b"<script>alert" not in answer
    assert "Traceback" not in capfd.readouterr().err
    assert _home(server) == b"home"
