"""A real SMTP server on loopback, in a thread, that can refuse, hang, and come back."""

import asyncio
import email
import email.policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Anywhere(Controller):
    """A server on a port that the system picks."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class MailServer:
    """Takes letters by default; `answers` holds what it says to the next ones instead, "hang" among them."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: list[str] = []
        self.receiver_answers: dict[str, str] = {}
        self.keep_and_hang = False
        self._controller = Anywhere(self, hostname="127.0.0.1", port=0, ready_timeout=10)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._controller.port)

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop(no_assert=True)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Take or refuse a receiver."""
        answer = self.receiver_answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a letter, or say what was prepared."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if answer == "hang" or self.keep_and_hang:
            await asyncio.sleep(3600)
        return answer

    @property
    def keys(self) -> set[str]:
        """The letters by what they are known by."""
        return {letter["Message-ID"] for letter in self.letters}
