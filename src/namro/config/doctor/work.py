"""What the place does by itself: jobs, the river, backups, and a log that is as it was written."""

import json
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from namro.audit.actions import noted_checkpoints
from namro.audit.queries import first_fault, head
from namro.config import place
from namro.config.backup import STAMP
from namro.config.doctor.terms import Finding, amber, green, red
from namro.ground import clock
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.lake import tables
from namro.sources.queries import feed_states

SECONDS_TO_BEAT = 120
DAY = 24 * 60 * 60
OLD_BACKUP, VERY_OLD_BACKUP = 2, 8  # days
# Of a long log the doctor reads the end; `namro audit_check` reads all.
LINKS_READ = 20_000


def worker(*, demo: bool) -> Finding:
    """Without the worker nothing is sent, sealed or computed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        beat = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        failed = cursor.fetchone()[0]
    if beat is None or beat > SECONDS_TO_BEAT:
        said = "Không có tiến trình chạy việc nền. / The job worker does not run."
        return amber("worker", said, "./namro up")
    if failed:
        said = f"{format_number(failed)} việc nền đã hỏng. / Jobs have failed."
        return amber("worker", said, f"{place.data_folder() / 'logs' / 'jobs.log'}")
    return green("worker", "Tiến trình chạy việc nền đang sống. / The job worker lives.")


def river(*, demo: bool) -> Finding:
    """Figures are of the day of their last run."""
    runs, today = feed_states(clock.today()), clock.today()
    if not runs:
        return amber("river", "Dòng dữ liệu chưa chạy lần nào. / The river never ran.", "./namro run_day")
    failed = [run.feed for run in runs if run.state == "failed"]
    if failed:
        said = f"Nguồn {', '.join(failed)} hỏng ở lần chạy cuối. / A feed failed."
        return red("river", said, "./namro run_day")
    last = min(run.day for run in runs)
    said = f"Dòng dữ liệu chạy lần cuối cho ngày {format_day(last)}. / Last day of the river."
    return green("river", said) if (today - last).days <= 1 else amber("river", said, "./namro run_day")


def backup(*, demo: bool) -> Finding:
    """What was not copied is lost with the disk."""
    stamp = place.data_folder() / STAMP
    do = "./namro backup FILE"
    if not stamp.exists():
        said = "Chưa sao lưu lần nào. / Never backed up."
        return green("backup", said) if demo else red("backup", said, do)
    told = json.loads(stamp.read_text(encoding="utf-8"))
    days = int((time.time() - told["at"]) // DAY)
    said = f"Sao lưu lần cuối {format_number(days)} ngày trước: {told['file']}. / Last backup."
    if demo or (days < OLD_BACKUP and not told["faulty"]):
        return green("backup", said)
    if told["faulty"]:
        said += f" Thiếu {format_number(told['faulty'])} tệp. / Files are missing."
    return red("backup", said, do) if days >= VERY_OLD_BACKUP else amber("backup", said, do)


def log(*, demo: bool) -> Finding:
    """The log must be as it was written."""
    last = head()
    try:
        fault = first_fault(
            noted_checkpoints(settings.DATA), after=max(0, (last.seq if last else 0) - LINKS_READ)
        )
    except ValueError as broken:
        return red("log", f"Danh sách điểm kiểm hỏng: {broken}. / The list of checkpoints is broken.", "")
    if fault:
        where = f"dòng {fault.entry_id}" if fault.entry_id else f"mắt xích {fault.seq}"
        said = f"Nhật ký không còn như lúc ghi ({where}). / The log was changed."
        return red("log", said, "./namro audit_check")
    return green("log", "Nhật ký như lúc được ghi. / The log is as it was written.")


def lake(*, demo: bool) -> Finding:
    """What the catalogue names must lie there: a lost file is a hole in every figure above it."""
    codes = tables.tables()
    lost = [f"{code}: {Path(file).name}" for code in codes for file in tables.missing_files(code)]
    if lost:
        said = f"Hồ số liệu thiếu {format_number(len(lost))} tệp ({lost[0]}). / The lake lacks files."
        return red("lake", said, "./namro restore FILE")
    if settings.NAMRO_LAKE:
        said = f"Hồ số liệu ở {settings.NAMRO_LAKE}, không nằm trong tệp sao lưu. / The bucket is not in a backup."
        return amber("lake", said, "Bật giữ phiên bản của kho S3. / Let the bucket keep its versions.")
    return green("lake", f"Hồ số liệu đủ tệp, {format_number(len(codes))} bảng. / The lake is whole.")


CHECKS = (worker, river, backup, log, lake)
