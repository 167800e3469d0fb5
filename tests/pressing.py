"""What those who press a button several times in one instant have in common, whatever the domain."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from namro.organisation.terms import Role
from tests.builders import TODAY, World, seen_by

Call = Callable[[], object]


class CityDeeds:
    """Calls that are made in a small world by the people of its roles."""

    world: World

    def by(self, role: Role) -> dict[str, Any]:
        """Who acts, and the number of the act."""
        person = self.world.people[role]
        return {"by": person, "viewer": seen_by(person, TODAY), "client_id": uuid4()}
