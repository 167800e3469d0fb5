"""The first words of a streamed answer: what the house adds to a model that answers at once, by a quotation."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.test import Client
from django.test.utils import override_settings

from bench.measure import percentile

LIMITS: dict[str, Any] = {
    "ALLOWED_HOSTS": ["testserver"],
    "NAMRO_ASSISTANT_PER_MINUTE": 10**9,
    "NAMRO_ASSISTANT_PER_ADDRESS": 10**9,
}


class Model(BaseHTTPRequestHandler):
    """Says the first line of the first passage that it is given, and notes how long it took over it."""

    took: float = 0.0

    def do_POST(self) -> None:
        """Answer in one piece, as a stream."""
        began = time.perf_counter()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        passages = json.loads(body["messages"][-1]["content"])["passages"]
        delta = {"choices": [{"delta": {"content": f"{passages[0]['text'].splitlines()[0]} [1]\n"}}]}
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        Model.took = time.perf_counter() - began  # before it is heard: who hears it reads this
        self.wfile.write(f"data: {json.dumps(delta)}\n\ndata: [DONE]\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _model() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def first_words(questions: Sequence[str]) -> dict[str, Any]:
    """Milliseconds from the request to the first sentence that passed its checks, without those of the model; of the
    questions whose answer a model may word and whose quotation was carried."""
    with _model() as url, override_settings(**LIMITS, NAMRO_MODEL_URL=url, NAMRO_MODEL_NAME="bench"):
        client = Client()
        taken = [each for each in (_first(client, words) for words in questions) if each is not None]
    return {
        "p50_ms": round(percentile(taken, 0.5), 1), "p95_ms": round(percentile(taken, 0.95), 1),
        "runs": len(taken), "asked": len(questions),
    }  # fmt: skip


def _first(client: Client, words: str) -> float | None:
    began = time.perf_counter()
    answer: Any = client.post("/hoi-dap/dong/", {"words": words})
    lines = iter(answer.streaming_content)
    first = json.loads(next(lines))
    taken = (time.perf_counter() - began - Model.took) * 1000
    for _ in lines:
        pass
    return taken if "sentence" in first else None
