"""The verbs of the procedures, each ready to be pressed several times in one instant."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tests.builders import TODAY
from tests.pressing import Call, CityDeeds
from tests.procedures.records import lines, record

from namro.organisation.terms import Role
from namro.procedures import actions


class ProcedureDeeds(CityDeeds):
    """For each verb a call that may be made now, upon a file with a procedure that is new."""

    codes: Iterator[int]

    def procedures_receive_import(self) -> Call:
        return partial(actions.receive_import, **self._records(), **self.by(Role.SECRETARIAT))

    def procedures_publish_import(self) -> Call:
        batch = actions.receive_import(**self._records(), **self.by(Role.SECRETARIAT))
        return partial(actions.publish_import, batch.pk, valid_from=TODAY, **self.by(Role.SECRETARIAT))

    def procedures_discard_import(self) -> Call:
        batch = actions.receive_import(**self._records(), **self.by(Role.SECRETARIAT))
        return partial(actions.discard_import, batch.pk, **self.by(Role.SECRETARIAT))

    def _records(self) -> dict[str, Any]:
        """A file with one procedure that nobody has sent before."""
        content = lines(record(f"3.{next(self.codes):06}"))
        return {"content": content, "name": "moi.jsonl", "is_complete": False}
