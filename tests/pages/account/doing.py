"""What tests of the account do over and over: come in, set a factor up, let a proof grow old."""

import json
import re
import time
from typing import Any

from django.test import Client
from tests.access.authenticator import code_of
from tests.builders import PASSWORD

from namro.organisation.models import Person


def come_in(person: Person, password: str = PASSWORD, **more: str) -> Client:
    """Come in by the door."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}, **more)
    client.post("/dang-nhap/", {"username": person.username, "password": password})
    return client


def is_in(client: Client) -> bool:
    """Whether the session is someone's."""
    return "_auth_user_id" in client.session


def tire(client: Client) -> None:
    """Let the proof of who sits there grow old."""
    session = client.session
    session["proved_at"] = int(time.time()) - 3600
    session.save()


def add_totp(client: Client) -> tuple[str, list[str]]:
    """Set up an application by the page; return its seed and the recovery codes."""
    page = client.get("/tai-khoan/lop-hai/ung-dung/").content.decode()
    found = re.search(r'class="seed">([A-Z2-7 ]+)<', page)
    assert found
    answer = client.post("/tai-khoan/lop-hai/ung-dung/", {"code": code_of(found[1], -1)})
    return found[1], re.findall(r"<li><code>([A-Z2-7-]+)</code>", answer.content.decode())


def options_of(client: Client, url: str) -> dict[str, Any]:
    """Return what the page asks of a passkey."""
    found = re.search(
        r'<script id="passkey-options" type="application/json">(.*?)</script>',
        client.get(url).content.decode(),
    )
    assert found
    return json.loads(found[1])
