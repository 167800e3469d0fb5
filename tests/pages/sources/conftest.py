"""Who adds a source on the web."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.pages.sources.adding import Wizard

from namro.organisation.terms import Role

ENTER = Callable[[Role], Client]


@pytest.fixture
def wizard(signed_in: ENTER) -> Wizard:
    """An operator of the centre."""
    return Wizard(signed_in(Role.IOC_OPERATOR))
