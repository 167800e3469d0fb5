"""`namro up`: everything a newcomer needs, from nothing to the first page, until Ctrl-C.

It comes before Django: the settings depend on what kind of place it finds.
"""

import argparse
import http.client
import ipaddress
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from namro.config import place
from namro.config.lease import held
from namro.config.postgres import Cluster
from namro.config.programs import build_static_files, job_worker, web_server
from namro.config.progress import ProgressBar
from namro.config.readiness import choose_kind, database, load_first, migrate, readying
from namro.config.roles import give_rights
from namro.config.supervisor import end, keep_alive, wait_until

PORT = 8057
HEALTH = "/suc-khoe"
SECONDS_TO_FIRST_PAGE = 180


class CannotStart(Exception):
    """`up` refuses; the message says why and what to do."""


def up(arguments: list[str]) -> None:
    """Start everything and stay until a signal; CannotStart with a sentence where it must not or cannot."""
    options = _options(arguments)
    if options.no_demo:
        os.environ["NAMRO_DEMO"] = "0"
    with _only_one(options), _ending_by_signal():
        _refuse_taken_port(options.host, options.port)
        bar = ProgressBar()
        bar(0, "Khởi động PostgreSQL")
        with database() as cluster:
            demo = _make_ready(options.host, bar)
            _serve(options, cluster, bar, demo=demo)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="namro up",
        description="Khởi động Năm Rõ và giữ cho chạy đến khi bấm Ctrl-C. / Start and keep running.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe / address to listen on")
    parser.add_argument("--port", type=int, default=PORT, help=f"cổng / port ({PORT})")
    parser.add_argument(
        "--no-demo", action="store_true", help="nơi trống, không nạp bản trình diễn / no demo"
    )
    # Read for every command before this one, see namro.__main__; here so that --help shows it.
    parser.add_argument("--data", metavar="DIR", help="thư mục dữ liệu (hoặc NAMRO_DATA) / data folder")
    return parser.parse_args(arguments)


@contextmanager
def _only_one(options: argparse.Namespace) -> Iterator[None]:
    """Let one `up` run on a data folder; the second is told where the first is."""
    file = place.make_data_folder() / "up.lock"
    try:
        with held(file, wait=False) as descriptor:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"http://{options.host}:{options.port} (pid {os.getpid()})".encode())
            yield
    except BlockingIOError:
        raise CannotStart(
            f"Năm Rõ đang chạy trên thư mục này: {file.read_text()}. / Already running on this data folder."
        ) from None


@contextmanager
def _ending_by_signal() -> Iterator[None]:
    """Turn Ctrl-C, a closed terminal and a system's stop into one orderly end, which nothing interrupts."""

    def stop(*_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        sys.exit(0)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    yield


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as fault:
            raise CannotStart(
                f"Không mở được {host}:{port} ({fault.strerror}). Hãy chọn cổng khác bằng --port. / "
                "The port cannot be had; choose another by --port."
            ) from None


def _make_ready(host: str, bar: ProgressBar) -> bool:
    """Make database, tables, demo and static files ready; return whether this is the demo."""
    with readying() as connection:
        demo = choose_kind(connection)
        _refuse_open_demo(host, demo=demo)
        with build_static_files():
            migrate(bar.part(0.05, 0.2))
            give_rights(connection)
            load_first(connection, bar.part(0.2, 0.95))
            bar(0.95, "Khởi động máy chủ web")
    _forget_connections()
    return demo


def _refuse_open_demo(host: str, *, demo: bool) -> None:
    """The demo's passwords are printed for everybody to see: only this machine may reach them."""
    if demo and not _is_loopback(host):
        raise CannotStart(
            f"Bản trình diễn có tài khoản mà ai cũng biết mật khẩu nên chỉ được mở trên máy này (127.0.0.1), không mở "
            f"trên {host}. Với dữ liệu thật hãy dùng --no-demo. / The demo's accounts are public: it listens on "
            "loopback only; use --no-demo for real data."
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _forget_connections() -> None:
    connections.close_all()


def _serve(options: argparse.Namespace, cluster: Cluster | None, bar: ProgressBar, *, demo: bool) -> None:
    """Run web server and job worker until a signal; both are gone when this returns."""
    web, jobs = web_server(options.host, options.port), job_worker()
    children = [web, jobs]
    try:
        web.start()
        if not wait_until(lambda: _answers(options.host, options.port), web, SECONDS_TO_FIRST_PAGE):
            raise CannotStart(
                f"Máy chủ web không trả lời. / The web server does not answer.\n{web.last_words()}"
            )
        jobs.start()  # what waits there (forecasts, rules tried on history) would hold the first page up
        bar.finish()
        _welcome(options, demo=demo)
        keep_alive(children, cluster)
    finally:
        end(children)


def _answers(host: str, port: int) -> bool:
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is asked, not opened
    try:
        connection = http.client.HTTPConnection(address, port, timeout=5)
        connection.request("GET", HEALTH)
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False


def _welcome(options: argparse.Namespace, *, demo: bool) -> None:
    lines = [
        f"Năm Rõ đang chạy / is running: http://{options.host}:{options.port}/",
        "Ctrl-C để dừng / to stop.",
    ]
    if demo:
        lines += ["", *_demo_accounts()]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _demo_accounts() -> list[str]:
    """Return the lines that tell how to sign in: one demo account a role, and the password they share."""
    # Models can be imported only now that Django is ready.
    from namro.flows.demo.people import demo_password  # noqa: PLC0415
    from namro.organisation.queries import demo_accounts  # noqa: PLC0415

    rows = [("Vai trò / Role", "Tài khoản / User", "Đơn vị / Unit"), *demo_accounts()]
    widths = [max(len(str(row[column])) for row in rows) for column in range(3)]
    lines = [
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    ]
    _forget_connections()
    return [*lines, "", f"Mật khẩu chung / password of all: {demo_password(settings.DEMO_PACKAGE)}"]
