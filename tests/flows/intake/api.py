"""A source's API on loopback that does as it is told: pages, hangs, garbage, too many calls."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Api:
    """What the API has, how it behaves, and what it was asked."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str]] = []
        # What the next calls get instead of a page: a status, or a way to misbehave.
        self.next: list[int | str] = []
        self.base = ""

    @property
    def url(self) -> str:
        return f"{self.base}/muc-nuoc"


class _Handler(BaseHTTPRequestHandler):
    api: Api

    def do_GET(self) -> None:
        self.api.asked.append((self.path, self.headers.get("Authorization", "")))
        way = self.api.next.pop(0) if self.api.next else 200
        if way == "hang":
            Event().wait(2)
            return
        if way == "garbage":
            self._say(200, b"<html>B\xc1o tr\xec</html>")
            return
        if way == "half":
            body = json.dumps({"data": self.api.rows}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            return
        if isinstance(way, int) and way != 200:
            self._say(way, b"", {"Retry-After": "1"})
            return
        self._page()

    def _page(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        rows, start = self.api.rows, int(asked.get("cursor", ["0"])[0])
        if "page" in asked:
            start = (int(asked["page"][0]) - 1) * 2
        since = asked.get("since", [""])[0]
        part = [row for row in rows if str(row["ngay"]) >= since][start : start + 2]
        more = start + 2 < len(rows)
        body = {"data": part, "next": str(start + 2) if more else None}
        link = {"Link": f'</muc-nuoc?cursor={start + 2}>; rel="next"'} if more else {}
        self._say(200, json.dumps(body).encode(), link)

    def _say(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Api]:
    """Serve for the time of a `with`."""
    api = Api()
    handler = type("Handler", (_Handler,), {"api": api})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        api.base = f"http://127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield api
        server.shutdown()
