"""Mail by SMTP, with limits on every wait; a letter is known over there by its Message-ID."""

import re
import smtplib
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from namro.outside.faults import Undelivered

ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
NEW_TRY_IS_USELESS = range(500, 600)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is mailed: `key` makes the Message-ID, so that the same letter sent twice is seen as one."""

    key: str
    to: str
    subject: str
    text: str
    html: str


def is_configured() -> bool:
    """Whether this place has a mail server."""
    return bool(settings.EMAIL_HOST) and settings.NAMRO_MAIL


class PostOffice:
    """One connection for all letters of a run, opened by the first and again after a fault."""

    def __init__(self) -> None:
        self._backend = EmailBackend(timeout=settings.EMAIL_TIMEOUT)

    def __enter__(self) -> Self:
        """Nothing is opened yet."""
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def send(self, letter: Letter) -> None:
        """Hand one letter to the server; Undelivered when it was not taken."""
        self._open()
        try:
            self._backend.send_messages([_message(letter)])
        except smtplib.SMTPRecipientsRefused as fault:
            self._close()
            raise _refused_receiver(fault) from None
        except smtplib.SMTPResponseException as fault:
            self._close()
            raise Undelivered(_said(fault.smtp_code, fault.smtp_error), is_final=_is_final(fault)) from None
        except (smtplib.SMTPException, OSError) as fault:
            self._close()
            raise Undelivered(f"Máy chủ thư ngắt giữa chừng ({_kind(fault)})", whole_way=True) from None

    def _open(self) -> None:
        try:
            self._backend.open()
        except (smtplib.SMTPException, OSError) as fault:
            self._close()
            raise Undelivered(f"Không nối được máy chủ thư ({_kind(fault)})", whole_way=True) from None

    def _close(self) -> None:
        try:
            self._backend.close()
        except (smtplib.SMTPException, OSError):
            self._backend.connection = None


def _message(letter: Letter) -> EmailMultiAlternatives:
    host = settings.NAMRO_MAIL_FROM.rpartition("@")[2].strip("> ") or "namro"
    headers = {
        "Message-ID": f"<{letter.key}@{host}>",
        "X-Namro-Id": letter.key,
        # No out-of-office answers, please (RFC 3834).
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    made = EmailMultiAlternatives(
        letter.subject, letter.text, settings.NAMRO_MAIL_FROM, [letter.to], headers=headers
    )
    made.attach_alternative(letter.html, "text/html")
    return made


def _refused_receiver(fault: smtplib.SMTPRecipientsRefused) -> Undelivered:
    code, words = next(iter(fault.recipients.values()))
    return Undelivered(_said(code, words), is_final=code in NEW_TRY_IS_USELESS)


def _is_final(fault: smtplib.SMTPResponseException) -> bool:
    """Data refused with 5xx is refused for good; a refused sender or sign-in is the place's fault and is mended."""
    return isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code in NEW_TRY_IS_USELESS


def _said(code: int, words: bytes | str) -> str:
    """What the server said, without the addresses that many of them repeat: this is kept, and read by others."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"Máy chủ thư trả lời {code}: {ADDRESS.sub('…', text)}"[:300]


def _kind(fault: BaseException) -> str:
    return "quá giờ" if isinstance(fault, TimeoutError) else type(fault).__name__
