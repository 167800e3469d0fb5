"""The number of what a form sends: sent again it is the same act."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def number_sent(request: HttpRequest) -> UUID:
    """Return the number that came with the request; a new one where none did."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()
