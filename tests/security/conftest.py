"""The loaded place of the house tests, loaded once for these too, and a way in as anybody."""

from collections.abc import Callable

import pytest
from django.test import Client

from namro.organisation.terms import Role
from tests.house.conftest import files, here, loaded
from tests.house.place import Place

__all__ = ["enter", "files", "here", "loaded"]

Enter = Callable[[Role], Client]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def enter(here: Place) -> Enter:
    """Sign the person of a role in; what goes wrong inside is an answer, as for a stranger."""

    def signed_in(role: Role) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(here.people[role], backend=BACKEND)
        return client

    return signed_in
