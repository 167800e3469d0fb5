"""The `namro` command: Django's management commands with our own, on a database that is ready."""

import gc
import os
import signal
import sys
import warnings

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from namro.config.archive import BadArchive
from namro.config.doctor import doctor
from namro.config.kind import WrongKind
from namro.config.place import DATA_VARIABLE
from namro.config.postgres import DatabaseFault
from namro.config.readiness import (
    NoDatabase,
    choose_kind,
    database,
    load_first,
    mark_loaded,
    migrate,
    readying,
)
from namro.config.restore import CannotRestore, restore
from namro.config.roles import give_rights
from namro.config.up import CannotStart, up

WITHOUT_DATABASE = frozenset(
    "assistant_measured check collectstatic compilemessages diffsettings docs findstatic help makemessages "
    "makemigrations version".split()
)
# They fill or change the place themselves: the demo does not come before them.
WITHOUT_FIRST_LOAD = frozenset(
    "backup bench dbshell flush load migrate shell showmigrations sqlmigrate".split()
)
# What is said in a sentence, without a trace.
REFUSALS = (
    BadArchive, CannotRestore, CannotStart, DatabaseFault, ImproperlyConfigured, NoDatabase, WrongKind
)  # fmt: skip
# They decide with which settings Django starts, or whether it can.
BEFORE_DJANGO = {"up": up, "restore": restore, "doctor": doctor}

USAGE = """\
Năm Rõ. Các lệnh chính / the main commands:

  ./namro up              khởi động và mở trang đầu tiên / start, until Ctrl-C
  ./namro load DIR        nạp gói dữ liệu của một tỉnh, thành phố / load a city's package
  ./namro run_day         chạy dòng dữ liệu của một ngày / run the river for a day
  ./namro report NAME     lập báo cáo / write a report
  ./namro seed onestop    nửa năm hồ sơ mẫu của một phường / a synthetic half-year of a ward's dossiers
  ./namro index766        chấm chỉ số phục vụ tới từng hồ sơ / the service-quality index down to the dossiers
  ./namro simulate queue  thử số quầy của một phường / how many counters a ward needs
  ./namro census          đếm mọi thứ đang có / count everything (JSON)
  ./namro bench NAME      đo tốc độ / measure speed
  ./namro backup FILE     sao lưu / back up, also while it runs
  ./namro restore FILE    khôi phục vào nơi trống / restore onto an empty place
  ./namro doctor          khám nơi này / say what is wrong here
  ./namro audit_check     kiểm tra nhật ký có bị sửa / check that the log is as it was written
  ./namro test, check     kiểm thử, kiểm tra mã nguồn / tests, checks of the code
  ./namro help            mọi lệnh khác / all other commands

  --data DIR              thư mục dữ liệu, cho mọi lệnh / data folder, for every command
"""


def main() -> None:
    """Run one command; what cannot be is said in a sentence, without a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namro.config.settings")
    # `makemigrations` compares files with models; it would also like a database, which it does not need for that.
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    # Most of what a command makes lives until it ends: looking through all of it each time took 7 % of a first start.
    gc.set_threshold(50_000, 20, 50)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # unwind: leases are given back
    try:
        _run(_choose_data_folder(sys.argv[1:]))
    except REFUSALS as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)


def _choose_data_folder(arguments: list[str]) -> list[str]:
    """Take `--data DIR` out of any command's arguments: it says where everything is, so it comes first."""
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--data":
            os.environ[DATA_VARIABLE] = next(waiting, "")
        elif argument.startswith("--data="):
            os.environ[DATA_VARIABLE] = argument.removeprefix("--data=")
        else:
            rest.append(argument)
    return rest


def _run(arguments: list[str]) -> None:
    if not arguments:
        sys.stdout.write(USAGE)
        return
    name = arguments[0]
    if name in BEFORE_DJANGO:
        BEFORE_DJANGO[name](arguments[1:])
    elif _needs_no_database(name, arguments):
        _hand_over(arguments)
    else:
        _run_on_database(name, arguments)


def _needs_no_database(name: str, arguments: list[str]) -> bool:
    asks_for_help = name.startswith("-") or not {"-h", "--help"}.isdisjoint(arguments)
    made_ready_by_up = bool(os.environ.get("NAMRO_SUPERVISED"))
    return name in WITHOUT_DATABASE or asks_for_help or made_ready_by_up


def _run_on_database(name: str, arguments: list[str]) -> None:
    with database():
        with readying() as connection:
            choose_kind(connection)
            if name != "migrate":
                migrate(_say_nothing)
                give_rights(connection)
            if name not in WITHOUT_FIRST_LOAD:
                load_first(connection, _say_on_stderr)
        _hand_over(arguments)
        if name == "load":
            with readying() as connection:
                mark_loaded(connection)


def _hand_over(arguments: list[str]) -> None:
    execute_from_command_line(["namro", *arguments])


def _say_nothing(done: float, what: str) -> None:
    pass


def _say_on_stderr(done: float, what: str) -> None:
    """Progress goes beside the command's own output, which may be JSON."""
    sys.stderr.write(f"{done:4.0%} {what}\n")


if __name__ == "__main__":
    main()
