"""How tests read a page."""

from django.test import Client


def text_of(client: Client, url: str = "/", status: int = 200) -> str:
    """Return the page as one line with single spaces; fails where the status is another."""
    answer = client.get(url)
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())
