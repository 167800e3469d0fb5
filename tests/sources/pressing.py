"""The verbs of the sources, each ready to be pressed several times in one instant."""

from datetime import date
from functools import partial
from uuid import uuid4

from tests.pressing import Call, CityDeeds
from tests.sources.material import BODY, GOOD

from namro.ground.period import Period
from namro.organisation.terms import Role
from namro.sources import actions
from namro.sources.actions.drafts import begin_draft, begin_revision
from namro.sources.models import Source
from namro.sources.terms.drafts import WEB


class SourceDeeds(CityDeeds):
    """For each verb a call that may be made now, where a form asks communes for pages."""

    def sources_submit(self) -> Call:
        sent = {
            "form": BODY["code"],
            "unit": self.world.communes[0],
            "period": Period.parse("2025-06"),
            "values": GOOD,
        }
        more = {"as_of": date(2025, 6, 30), "expected_version": 0}
        return partial(actions.submit, **sent, **more, **self.by(Role.COMMUNE_OFFICER))

    def sources_begin_draft(self) -> Call:
        said = {"name": f"Nguồn {uuid4().hex}", "means": "upload", "code": f"nguon_{uuid4().hex[:8]}"}
        return partial(begin_draft, **said, **self.by(Role.IOC_OPERATOR))

    def sources_begin_revision(self) -> Call:
        body = {"code": f"nguon_{uuid4().hex[:8]}", "connector": {"kind": "upload"}}
        source = Source.objects.create(
            code=body["code"],
            version=1,
            body=body,
            owner="H17.KHCN",
            next_review=date(2026, 3, 2),
            package=WEB,
        )
        return partial(begin_revision, source, **self.by(Role.ADMINISTRATOR))
