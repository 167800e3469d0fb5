"""Whatever the description allows, and what it does not: the API answers as it says, and never falls over."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.api.conftest import words_of
from tests.builders import World

from namro.config.wsgi import application
from namro.organisation.terms import Role
from namro.tasks.terms import State

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def bearer(world: World) -> Iterator[str]:
    """A key that reads everything of the city, in which something stands; the calls share the test's transaction."""
    world.tasks(world.communes[0], [State.IN_PROGRESS, State.IN_PROGRESS_LATE, State.DONE])
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield words_of(world.people[Role.ADMINISTRATOR], world.city)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_call_is_answered_as_described(case: schemathesis.Case, bearer: str) -> None:
    headers = {"Authorization": f"Bearer {bearer}", "Accept-Encoding": "identity"}
    answer = case.call(headers=headers)
    case.validate_response(answer, checks=CHECKS)


def test_a_zero_byte_in_an_address_is_refused_as_described(client: Client) -> None:
    described = schema.raw_schema["paths"]["/api/v1/tasks/{code}"]["get"]["responses"]
    assert list(described["400"]["content"]) == ["application/problem+json"]
    for address in ("/api/v1/tasks/a%00b", "/api/v1/tasks?unit=%00"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["status"] == 400
