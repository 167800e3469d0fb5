"""The doors of the place: the key, who may reach it, how it is reached, the day it stands on, its mail."""

import os
from collections.abc import Sequence

from django.conf import settings

from namro.config import place
from namro.config.doctor.terms import Finding, amber, green, red
from namro.config.kind import DAY_VARIABLE
from namro.config.settings import LOOPBACK_HOSTS
from namro.ground.days import format_day

SHORTEST_KEY = 40
FEWEST_LETTERS = 12


def secret_key(*, demo: bool) -> Finding:
    """Whoever guesses the key signs in as anybody."""
    key = os.environ.get("SECRET_KEY", "")
    make = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    if not key and demo:
        return green(
            "secret_key", "Bản trình diễn có khóa ngẫu nhiên riêng. / The demo has its own random key."
        )
    if not key:
        return red("secret_key", "Thiếu SECRET_KEY. / SECRET_KEY is missing.", f"SECRET_KEY=$({make})")
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS:
        return red(
            "secret_key", "SECRET_KEY ngắn hoặc dễ đoán. / SECRET_KEY is short or easy to guess.", make
        )
    return green("secret_key", "SECRET_KEY đủ dài. / SECRET_KEY is long enough.")


def reach(*, demo: bool) -> Finding:
    """The demo's passwords are known to everybody; a real place wants to be found by its name."""
    others = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK_HOSTS]
    open_at = _serving_at()
    if demo and (others or not _is_loopback(open_at)):
        said = "Bản trình diễn mở ra ngoài máy này, mật khẩu ai cũng biết. / The demo is open to the network."
        return red("reach", said, "Dùng --no-demo cho dữ liệu thật, bỏ ALLOWED_HOSTS. / Use --no-demo.")
    if not demo and not others:
        said = "Chỉ mở được từ chính máy này (ALLOWED_HOSTS). / Reached from this machine only."
        return amber(
            "reach", said, "ALLOWED_HOSTS=ten-mien.gov.vn CSRF_TRUSTED_ORIGINS=https://ten-mien.gov.vn"
        )
    names = ", ".join(others) or "127.0.0.1"
    return green("reach", f"Mở tại {names}. / Reached at.")


def _serving_at() -> str:
    """Where a running `up` listens, as it noted in its lock; empty when none does."""
    lock = place.data_folder() / "up.lock"
    return lock.read_text().partition(" ")[0] if lock.exists() else ""


def _is_loopback(address: str) -> bool:
    host = address.removeprefix("http://").rpartition(":")[0].strip("[]")
    return not host or host in {"localhost", "::1"} or host.startswith("127.")


def https(*, demo: bool) -> Finding:
    """Without it passwords and cookies can be read on the way."""
    if settings.HTTPS:
        return green("https", "Cookie chỉ đi qua HTTPS. / Cookies go by HTTPS only.")
    if demo:
        return green("https", "Bản trình diễn trên máy này không cần HTTPS. / The demo needs none.")
    said = "NAMRO_HTTPS tắt: mật khẩu đi không mã hóa. / Passwords travel unencrypted."
    return red("https", said, "Đặt máy chủ có chứng thư phía trước và bỏ NAMRO_HTTPS=0. / Put TLS in front.")


def day(*, demo: bool) -> Finding:
    """A real place lives today."""
    fixed = os.environ.get(DAY_VARIABLE, "")
    if fixed and not demo:
        said = f"Ngày bị cố định là {fixed}: hạn và báo cáo đều sai. / The day is fixed."
        return red("day", said, f"unset {DAY_VARIABLE}")
    from namro.ground import clock  # noqa: PLC0415 - the day may be no day at all

    try:
        return green("day", f"Hôm nay là {format_day(clock.today())}. / Today.")
    except ValueError as fault:
        return red("day", f"{fault}. / {DAY_VARIABLE} is no day.", f"unset {DAY_VARIABLE}")


def mail(*, demo: bool) -> Finding:
    """Warnings that nobody can be mailed stay in the program."""
    if not settings.NAMRO_MAIL:
        said = "Chưa cấu hình thư điện tử: tin chỉ hiện trong chương trình. / No mail: notices stay in the program."
        advice = "EMAIL_URL=smtp+tls://ten:matkhau@may-chu:587 NAMRO_MAIL_FROM=…"
        return green("mail", said) if demo else amber("mail", said, advice)
    if not _is_encrypted() and settings.EMAIL_HOST not in {"localhost", "127.0.0.1", "::1"}:
        said = f"Thư gửi qua {settings.EMAIL_HOST} không mã hóa. / Mail travels unencrypted."
        return amber("mail", said, "EMAIL_URL=smtp+tls://… hoặc smtp+ssl://…")
    if "localhost" in settings.NAMRO_MAIL_FROM:
        said = (
            f"Địa chỉ người gửi không thật ({settings.NAMRO_MAIL_FROM}). / The sender's address is not real."
        )
        return amber("mail", said, "NAMRO_MAIL_FROM='Năm Rõ <khong-tra-loi@ten-mien.gov.vn>'")
    return green("mail", f"Thư gửi qua {settings.EMAIL_HOST}. / Mail goes by.")


def _is_encrypted() -> bool:
    return bool(getattr(settings, "EMAIL_USE_TLS", False) or getattr(settings, "EMAIL_USE_SSL", False))


CHECKS: Sequence = (reach, https, day, mail)
