"""The wall of 250 charts: server time of all its figures and of one chart's, and what Chromium sees of it."""

import os
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test.utils import override_settings

from bench.centre.boards import hang_wall
from bench.measure import measured, percentile
from bench.register import TODAY, found_country, today
from namro.config.programs import build_static_files
from namro.indicators.queries.charts import charts
from namro.organisation.models import Person, Unit
from namro.organisation.queries import communes_of, viewer
from namro.pages.asof import AsOf
from namro.pages.centre import hung
from namro.pages.centre.place import Place, place_of
from namro.pages.centre.view import declared, views_of
from namro.pages.charts import render

CHARTS, GROUPS = 250, 32
WALL = "/trung-tam/tuong/?xem=tat-ca"
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
# When the browser showed anything, and when the last chart was laid out and painted; milliseconds since the request.
SEEN = """() => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const first = performance.getEntriesByName("first-contentful-paint")[0];
  const drawn = document.querySelectorAll(".chart-card svg, .chart-card table").length;
  told({ first: first ? Math.round(first.startTime) : null, all: Math.round(performance.now()), drawn });
})))"""


def run(runs: int = 20) -> dict[str, Any]:
    """Hang a wall in an empty database and measure it; the browser's part is left out where there is no Chromium."""
    with today(), override_settings(ALLOWED_HOSTS=["*"], DEBUG=False):
        ids = found_country()
        city = Unit.objects.get(code="48")
        figures = hang_wall(city, list(communes_of(city, TODAY)), charts=CHARTS, groups=GROUPS, day=TODAY)
        seen = viewer(ids.secretary, TODAY)
        place = place_of(seen, AsOf(TODAY))
        found = {"cores": os.cpu_count(), "charts": CHARTS, "figures": figures, **_server(place, runs)}
        return found | (_browser(ids.secretary) if BROWSER else {})


def _server(place: Place, runs: int) -> dict[str, Any]:
    """The figures of the whole wall, of each chart alone, and the drawing, cold and kept."""
    whole = measured(lambda _number: hung.read(place), runs, warm_up=2)
    alone = sorted(_alone(place))
    cards = hung.read(place)
    render._rendered.cache_clear()
    cold = _milliseconds(lambda: [card.drawing for card in cards])
    again = hung.read(place)
    return {
        "wall_ms": whole["p50_ms"],
        "wall_p95_ms": whole["p95_ms"],
        "wall_queries": whole["queries"],
        "chart_p95_ms": round(percentile(alone, 0.95), 1),
        "chart_p50_ms": round(statistics.median(alone), 1),
        "drawn_first_ms": cold,
        "drawn_again_ms": _milliseconds(lambda: [card.drawing for card in again]),
    }


def _alone(place: Place) -> Iterator[float]:
    known = declared()
    for chart in charts(level=place.level):
        start = time.perf_counter()
        views_of(place, [chart], known)
        yield (time.perf_counter() - start) * 1000


def _milliseconds(run_once: Any) -> float:
    start = time.perf_counter()
    run_once()
    return round((time.perf_counter() - start) * 1000, 1)


def _browser(person: Person) -> dict[str, Any]:
    """What a person at a desk sees: the first time, when nothing has been drawn yet, and the second."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 — only where there is a browser

    key = _session(person)  # before the browser's tools, which let nobody ask the database beside them
    with (
        build_static_files()
    ):  # a place where nothing was started yet has none, and a wall without its styles is another
        pass
    with _served() as address, sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=BROWSER, args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
        context.add_cookies([{"name": "sessionid", "value": key, "url": address}])
        _visit(context.new_page(), address)  # a server that has just started imports its libraries first
        render._rendered.cache_clear()
        visits = [_visit(context.new_page(), address) for _ in range(3)]
        browser.close()
    first, again = visits[0], visits[-1]
    return {
        "first_view_ms": first["first"], "all_drawn_ms": first["all"], "drawn": first["drawn"],
        "first_view_again_ms": again["first"], "all_drawn_again_ms": again["all"],
    }  # fmt: skip


def _visit(page: Any, address: str) -> dict[str, int | None]:
    page.goto(f"{address}{WALL}", wait_until="load")
    seen: dict[str, int | None] = page.evaluate(SEEN)
    page.close()
    return seen


def _session(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def _served() -> Iterator[str]:
    """Serve the pages from this process, which holds the measured database; yields the address."""
    server: WSGIServer = make_server("127.0.0.1", 0, get_wsgi_application())
    thread = threading.Thread(target=_serve, args=[server], daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def _serve(server: WSGIServer) -> None:
    """Serve until told to end, and leave no connection to a database that is about to be thrown away."""
    try:
        server.serve_forever()
    finally:
        connections.close_all()
