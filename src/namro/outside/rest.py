"""Rows of a JSON API, page after page: by number, by link, or by the mark that each answer gives for the next.

All pages are one shipment: where one cannot be had, nothing comes. Who asks us to wait is obeyed, within limits on
time and size, so that an API that hangs or never ends holds nobody up for long.
"""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any, cast

import httpx
import pyarrow as pa

from namro.outside.addresses import check_is_source
from namro.outside.connectors import Asked, Shipment, Unreadable, id_of, secret

LIMITS = httpx.Timeout(connect=10, read=20, write=10, pool=5)
MOST_SECONDS = 300
MOST_BYTES = 256 * 1024**2
MOST_PAGES = 10_000
ATTEMPTS = 4
LONGEST_WAIT = 60
TOO_MANY = 429
Page = dict[str, Any]


def read(asked: Asked) -> Iterator[Shipment]:
    """Yield the rows of all pages as one shipment; nothing where there are none. Unreadable with what was heard."""
    call = _Call(asked)
    rows = call.rows()
    if not rows:
        return
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pa.table({name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in names})
    content = json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()
    number = id_of(asked.source, content)
    origin = str(httpx.URL(asked.settings["url"]).copy_with(query=None, userinfo=b""))
    yield Shipment(origin, lambda: table, number, size=call.bytes, cursor=_last(table, asked))


class _Call:
    """One conversation with an API, with what it may cost."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.bytes = asked, 0
        self._until = time.monotonic() + MOST_SECONDS
        token = secret(asked.settings, "token_env")
        self._headers = {"Accept": "application/json", "User-Agent": "namro"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of all pages, or of as many as bring the first that are wanted."""
        found: list[dict[str, Any]] = []
        for page in self.pages():
            found += _rows(page, str(self.asked.settings.get("rows", "")))
            if self.asked.first and len(found) >= self.asked.first:
                return found[: self.asked.first]
        return found

    def pages(self) -> Iterator[Page]:
        """Yield the body of each page."""
        rule: Mapping[str, Any] = self.asked.settings.get("page") or {}
        params = {**(self.asked.settings.get("params") or {}), **self._since()}
        target: tuple[str, dict[str, Any]] | None = (str(self.asked.settings["url"]), _first(rule, params))
        seen: set[str] = set()
        # Proxies of the environment are for browsers; redirects could lead a token elsewhere.
        with httpx.Client(
            timeout=LIMITS, headers=self._headers, follow_redirects=False, trust_env=False
        ) as client:
            while target:
                if str(target) in seen or len(seen) >= MOST_PAGES:
                    raise Unreadable("API nguồn lặp lại một trang mãi; hãy báo cơ quan quản lý nguồn.")
                seen.add(str(target))
                page = self._page(client, *target)
                yield page
                target = _next(
                    rule, page, target, empty=not _rows(page, str(self.asked.settings.get("rows", "")))
                )

    def _since(self) -> dict[str, str]:
        name = self.asked.settings.get("cursor_param")
        return {str(name): self.asked.cursor} if name and self.asked.cursor else {}

    def _page(self, client: httpx.Client, url: str, params: dict[str, Any]) -> Page:
        """Return one page; asked again when the API is busy or does not answer."""
        check_is_source(url)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer, body = self._answer(client, url, params)
            except httpx.TransportError as fault:
                self._wait_or_give_up(attempt, None, f"không trả lời ({type(fault).__name__})")
                continue
            except (httpx.InvalidURL, httpx.DecodingError) as fault:
                raise Unreadable(
                    f"API nguồn không đọc được ({type(fault).__name__}); hãy xem lại địa chỉ."
                ) from None
            if answer.status_code == TOO_MANY or answer.is_server_error:
                self._wait_or_give_up(
                    attempt, answer.headers.get("Retry-After"), f"trả lời {answer.status_code}"
                )
                continue
            return _parsed(answer, body)
        raise Unreadable("API nguồn không trả lời.")

    def _answer(self, client: httpx.Client, url: str, params: dict[str, Any]) -> tuple[httpx.Response, bytes]:
        parts = []
        with client.stream("GET", url, params=params or None) as answer:
            for part in answer.iter_bytes():
                self.bytes += len(part)
                parts.append(part)
                if self.bytes > MOST_BYTES or time.monotonic() > self._until:
                    raise Unreadable(
                        "API nguồn gửi quá nhiều hoặc quá chậm; hãy lấy từng phần bằng con trỏ (cursor)."
                    )
        return answer, b"".join(parts)

    def _wait_or_give_up(self, attempt: int, asked_for: str | None, heard: str) -> None:
        wait = float(asked_for) if asked_for and asked_for.isdigit() else 2.0**attempt
        if attempt == ATTEMPTS or wait > LONGEST_WAIT or time.monotonic() + wait > self._until:
            raise Unreadable(f"API nguồn {heard} sau {attempt} lần gọi; lần chạy sau sẽ gọi lại.")
        time.sleep(wait)


def _parsed(answer: httpx.Response, body: bytes) -> Page:
    """Return the body of an answer, its numbers as they are written."""
    if not answer.is_success:
        raise Unreadable(f"API nguồn trả lời {answer.status_code}; hãy kiểm tra địa chỉ và khóa truy cập.")
    try:
        page = json.loads(body, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise Unreadable("API nguồn trả lời không phải JSON; hãy báo cơ quan quản lý nguồn.") from None
    return {"": page, "link": answer.links.get("next", {}).get("url", "")}


def _inside(page: Any, path: str) -> Any:
    for name in filter(None, path.split(".")):
        page = page.get(name) if isinstance(page, dict) else None
    return page


def _rows(page: Page, path: str) -> list[dict[str, Any]]:
    found = _inside(page[""], path)
    if not _is_rows(found):
        told = ", ".join(f"«{place}»" for place in _lists(page[""])) or "không đâu cả"
        raise Unreadable(
            f"API nguồn không có danh sách dòng ở «{path or 'gốc'}»; trong câu trả lời có danh sách ở: {told}."
        )
    return cast(list[dict[str, Any]], found)


def _is_rows(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(row, dict) for row in found)


def _lists(page: Any, depth: int = 3) -> list[str]:
    """Return the places in an answer, by their names, where rows are."""
    if not isinstance(page, dict) or not depth:
        return []
    here = [name for name, inner in page.items() if inner and _is_rows(inner)]
    below = [f"{name}.{place}" for name, inner in page.items() for place in _lists(inner, depth - 1)]
    return (here + below)[:5]


def _first(rule: Mapping[str, Any], params: dict[str, Any]) -> dict[str, Any]:
    if rule.get("kind") == "page":
        params = {**params, str(rule.get("param", "page")): int(rule.get("first", 1))}
    if rule.get("size"):
        params = {**params, str(rule.get("size_param", "size")): int(rule["size"])}
    return params


def _next(
    rule: Mapping[str, Any], page: Page, last: tuple[str, dict[str, Any]], *, empty: bool
) -> tuple[str, dict[str, Any]] | None:
    """Return where the next page is, None after the last."""
    url, params = last
    param = str(rule.get("param", "cursor" if rule.get("kind") == "cursor" else "page"))
    match rule.get("kind"):
        case "page":
            return None if empty else (url, {**params, param: params[param] + 1})
        case "link":
            found = _inside(page[""], str(rule["path"])) if rule.get("path") else page["link"]
            return (_same_host(url, str(found)), {}) if found else None
        case "cursor":
            found = _inside(page[""], str(rule.get("path", "next")))
            return (url, {**params, param: found}) if found else None
    return None


def _same_host(url: str, link: str) -> str:
    """Return a link made whole; one to another host is refused, for our token would go with it."""
    target = httpx.URL(url).join(link)
    if (target.scheme, target.host, target.port) != ((here := httpx.URL(url)).scheme, here.host, here.port):
        raise Unreadable("API nguồn dẫn trang sau sang máy chủ khác nên không gọi tiếp.")
    return str(target)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)


def _last(table: pa.Table, asked: Asked) -> str:
    """Return the highest value of the cursor's column."""
    names = asked.headings.get(asked.cursor_column, ())
    name = next((name for name in names if name in table.column_names), "")
    values = [value for value in table[name].to_pylist() if value] if name else []
    if values and all(value.isdigit() for value in values):
        return max(values, key=int)
    return max(values, default="")
