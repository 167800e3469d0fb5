"""A language model on loopback that speaks the OpenAI protocol, says what it is told to, and can misbehave."""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 120, "completion_tokens": 30}


@dataclass(frozen=True)
class Script:
    """One answer: bytes in pieces, with a status and a type; then the line is closed, or held open (`hangs`)."""

    pieces: tuple[bytes, ...] = ()
    status: int = 200
    kind: str = "text/event-stream; charset=utf-8"
    hangs: bool = False


def event(body: Any) -> bytes:
    """Return one event of a stream."""
    return f"data: {json.dumps(body)}\n\n".encode()


def words(*parts: str) -> Script:
    """Return an answer as a good server streams it: a comment, the parts, the end, the count of tokens."""
    deltas = [event({"choices": [{"delta": {"content": part}, "finish_reason": None}]}) for part in parts]
    end = event({"choices": [{"delta": {}, "finish_reason": "stop"}]})
    return Script((b": open\n\n", *deltas, end, event({"choices": [], "usage": USAGE}), b"data: [DONE]\n\n"))


def whole(text: str) -> Script:
    """Return an answer of a server that does not stream."""
    body = {"choices": [{"message": {"content": text}}], "usage": USAGE}
    return Script((json.dumps(body).encode(),), kind="application/json")


class FakeModel:
    """Answers each call with the next script, the last for ever; `asked` are the bodies that came in."""

    def __init__(self, scripts: Iterable[Script]) -> None:
        self.scripts, self.asked, self.headers = list(scripts), list[Any](), list[dict[str, str]]()
        self.ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def serve(self) -> None:
        """Answer until `stop`."""
        self._server.serve_forever(0.02)

    def stop(self) -> None:
        """Let go of whoever waits, and close."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                model.asked.append(json.loads(body) | {"path": self.path})
                model.headers.append({name.lower(): said for name, said in self.headers.items()})
                script = model.scripts.pop(0) if len(model.scripts) > 1 else model.scripts[0]
                self._say(script)

            def _say(self, script: Script) -> None:
                self.send_response(script.status)
                self.send_header("Content-Type", script.kind)
                self.end_headers()
                for piece in script.pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
                if script.hangs:
                    model.ended.wait(60)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def fake_model(*scripts: Script) -> Iterator[FakeModel]:
    """A model that runs for the `with`."""
    model = FakeModel(scripts)
    thread = threading.Thread(target=model.serve, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.stop()
        thread.join(10)
