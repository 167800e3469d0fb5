"""A language model over the OpenAI protocol, on a city's own server or another's: words as they come, or a fault.

What is sent has been cleaned of personal data by whoever calls; what comes back is nobody's word until it is checked.
"""

import json
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

MOST_CHARACTERS = 16_000
MOST_BYTES = 512 * 1024
CONNECT_SECONDS = 3.0
# No database stores these, and half a letter cannot be sent to a browser.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Endpoint:
    """Where the model is asked: `url` as far as /v1, the key, the model's name, and how long an answer may take."""

    url: str
    model: str
    key: str = ""
    first_seconds: float = 15.0
    total_seconds: float = 60.0
    most_tokens: int = 900


@dataclass(frozen=True)
class Message:
    """A message of the conversation; role is `system`, `user` or `assistant`."""

    role: str
    content: str


@dataclass
class Usage:
    """Tokens that an answer took, as the server counts them; 0 where it does not say."""

    tokens_in: int = 0
    tokens_out: int = 0


class ModelFault(Exception):
    """The model did not answer as agreed; `kind` is a word for the ledger: refused, busy, timeout, rubbish, cut_off."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence


@dataclass
class _Heard:
    """What came so far, within its limits."""

    until: float
    usage: Usage
    characters: int = 0
    bytes: int = 0
    is_done: bool = field(default=False)

    def count(self, size: int) -> None:
        """Count bytes; ModelFault when there are too many or the time is up."""
        self.bytes += size
        if self.bytes > MOST_BYTES:
            raise ModelFault("rubbish", "Mô hình gửi quá nhiều.")
        if time.monotonic() > self.until:
            raise ModelFault("timeout", "Mô hình trả lời quá lâu.")


def stream(endpoint: Endpoint, messages: Sequence[Message], usage: Usage) -> Iterator[str]:
    """Yield the words of the answer as they come; fills `usage`. ModelFault when it does not come as agreed."""
    heard = _Heard(time.monotonic() + endpoint.total_seconds, usage)
    limits = httpx.Timeout(
        connect=min(CONNECT_SECONDS, endpoint.first_seconds), read=endpoint.first_seconds, write=10, pool=5
    )
    try:
        # Proxies of the environment are for browsers; a redirect would lead the key elsewhere.
        with (
            httpx.Client(timeout=limits, follow_redirects=False, trust_env=False, verify=_trusted()) as client,
            client.stream(
                "POST", f"{endpoint.url.rstrip('/')}/chat/completions", json=_asked(endpoint, messages),
                headers=_headers(endpoint),
            ) as answer,
        ):  # fmt: skip
            _check_status(answer)
            yield from _words(answer, heard)
    except httpx.TimeoutException:
        raise ModelFault("timeout", "Mô hình không trả lời trong thời hạn.") from None
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise ModelFault("cut_off", f"Không nói chuyện được với mô hình ({type(fault).__name__}).") from None


@cache
def _trusted() -> ssl.SSLContext:
    """What the machine trusts; read once, for it takes longer than a whole call."""
    return ssl.create_default_context()


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {"Accept": "text/event-stream", "User-Agent": "namro"}
    return headers | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})


def _asked(endpoint: Endpoint, messages: Sequence[Message]) -> dict[str, Any]:
    return {
        "model": endpoint.model,
        "messages": [{"role": each.role, "content": each.content} for each in messages],
        "temperature": 0,
        "max_tokens": endpoint.most_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def _check_status(answer: httpx.Response) -> None:
    if answer.status_code in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
        raise ModelFault("busy", f"Mô hình đang bận ({answer.status_code}).")
    if not answer.is_success:
        raise ModelFault("refused", f"Mô hình từ chối ({answer.status_code}).")


def _words(answer: httpx.Response, heard: _Heard) -> Iterator[str]:
    """Yield the words of a stream of events, or of the one JSON body of a server that does not stream."""
    if "text/event-stream" not in answer.headers.get("content-type", ""):
        yield from _of_whole(answer, heard)
        return
    for line in _lines(answer, heard):
        if not line.startswith("data:"):
            continue  # comments that keep the line open, names of events
        said = line.removeprefix("data:").strip()
        if said == "[DONE]":
            return
        yield from _counted(_delta(_read(said), heard), heard)
    if not heard.is_done:
        raise ModelFault("cut_off", "Mô hình dừng giữa chừng.")


def _lines(answer: httpx.Response, heard: _Heard) -> Iterator[str]:
    """Yield whole lines; a line without an end is not waited for without a limit."""
    rest = b""
    for part in answer.iter_bytes():
        heard.count(len(part))
        *lines, rest = (rest + part).split(b"\n")
        yield from (line.decode("utf-8", errors="replace").strip() for line in lines)
    if rest:
        yield rest.decode("utf-8", errors="replace").strip()


def _of_whole(answer: httpx.Response, heard: _Heard) -> Iterator[str]:
    parts = []
    for part in answer.iter_bytes():
        heard.count(len(part))
        parts.append(part)
    body = _read(b"".join(parts).decode("utf-8", errors="replace"))
    try:
        words = body["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise ModelFault("rubbish", "Mô hình trả lời không đúng giao thức.") from None
    _note_usage(body, heard.usage)
    yield from _counted(words, heard)


def _read(said: str) -> dict[str, Any]:
    try:
        body = json.loads(said)
    except (ValueError, RecursionError):
        raise ModelFault("rubbish", "Mô hình trả lời không phải JSON.") from None
    if not isinstance(body, dict):
        raise ModelFault("rubbish", "Mô hình trả lời không đúng giao thức.")
    if body.get("error"):
        raise ModelFault("refused", "Mô hình báo lỗi giữa chừng.")
    return body


def _delta(body: dict[str, Any], heard: _Heard) -> Any:
    """The words of one event; none in the last, which counts the tokens."""
    _note_usage(body, heard.usage)
    choices = body.get("choices")
    if not isinstance(choices, list) or (choices and not isinstance(choices[0], dict)):
        raise ModelFault("rubbish", "Mô hình trả lời không đúng giao thức.")
    if not choices:
        return ""
    heard.is_done = heard.is_done or choices[0].get("finish_reason") is not None
    delta = choices[0].get("delta")
    return delta.get("content") if isinstance(delta, dict) else ""


def _counted(words: Any, heard: _Heard) -> Iterator[str]:
    if words is None or words == "":
        return
    if not isinstance(words, str):
        raise ModelFault("rubbish", "Mô hình trả lời không phải chữ.")
    if _NO_TEXT.search(words):
        raise ModelFault("rubbish", "Mô hình trả lời chữ không lưu được.")
    heard.characters += len(words)
    if heard.characters > MOST_CHARACTERS:
        raise ModelFault("rubbish", "Mô hình viết quá dài.")
    yield words


def _note_usage(body: dict[str, Any], usage: Usage) -> None:
    said = body.get("usage")
    if isinstance(said, dict):
        usage.tokens_in = _count(said.get("prompt_tokens"))
        usage.tokens_out = _count(said.get("completion_tokens"))


def _count(said: Any) -> int:
    return said if isinstance(said, int) and 0 <= said < 10**7 else 0
