"""How tests read a page."""

import html
import re

from django.test import Client

TAGS = re.compile(r"<[^>]*>")


def text_of(client: Client, url: str = "/", status: int = 200) -> str:
    """Return the page as one line with single spaces; fails where the status is another."""
    answer = client.get(url)
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())


def words_of(client: Client, url: str = "/") -> str:
    """Return the words of a page, without its tags."""
    return " ".join(html.unescape(TAGS.sub(" ", text_of(client, url))).split())
