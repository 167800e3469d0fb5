"""A worker killed in the middle of a delivery loses nothing, and the receiver counts each message once by its id."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests import builders
from tests.delivery.conftest import MORNING, notice
from tests.delivery.mailserver import MailServer

from namro.config import place
from namro.delivery.actions import carry, tell
from namro.delivery.models import Attempt, Message
from namro.delivery.terms import MessageState
from namro.ground import clock

WORKER = """
import datetime, django
django.setup()
from namro.delivery.actions import carry
from namro.ground import clock
with clock.at(datetime.datetime.fromisoformat("{moment}")):
    carry()
"""


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_loses_nothing_and_doubles_nothing(
    world: builders.World, mail: MailServer
) -> None:
    people = list(world.people.values())
    with clock.at(MORNING):
        tell([notice(who) for who in people])
    mail.keep_and_hang = True  # it takes the letter and never says so: the worst moment to die
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER.format(moment=MORNING.isoformat())], env=_env(mail)
    )
    wait_until(lambda: mail.letters)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    mail.keep_and_hang = False
    assert not Message.objects.filter(state=MessageState.SENT).exists()
    with clock.at(MORNING + timedelta(minutes=1)):
        assert carry()["sent"] == len(people) - 1  # the one that was cut off is still claimed
    with clock.at(MORNING + timedelta(minutes=6)):
        assert carry()["sent"] == 1
        assert carry()["sent"] == 0
    assert len(mail.letters) == len(people) + 1
    assert mail.keys == {f"<{message.pk}@localhost>" for message in Message.objects.all()}
    assert {letter["To"] for letter in mail.letters} == {who.email for who in people}
    assert Attempt.objects.filter(ended_at__isnull=True).count() == 1


def _env(mail: MailServer) -> dict[str, str]:
    """A worker of this test's database and mail server."""
    name, socket = connection.settings_dict["NAME"], place.socket_folder()
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "namro.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DATABASE_URL": f"postgresql://postgres@/{name}?host={socket}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
    }


def wait_until(true: Any, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
