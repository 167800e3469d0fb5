"""Each role × each object: of its own unit, one below, one beside, the one above. What may not be seen is not there."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
import yaml
from django.core.files.base import ContentFile
from django.test import Client
from tests import builders
from tests.house.building import PACKAGE

from namro.alerts.models import Alert, Rule
from namro.alerts.terms import Kind, Worse
from namro.delivery.terms import Level
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Role, UnitKind
from namro.tasks.models import Evidence, Task

pytestmark = pytest.mark.django_db
RULE = PACKAGE / "alerts" / "qua_han.yaml"
EVERYWHERE = {Role.STEERING, Role.SECRETARIAT, Role.IOC_OPERATOR, Role.INSPECTOR}
PLACES = ("own", "child", "sibling", "parent")
REACHED = {"own", "child"}


@dataclass
class Scene:
    """An agency with an office below it, another agency beside, the city above; one of each thing at each."""

    units: dict[str, Unit]
    tasks: dict[str, Task]
    evidence: dict[str, Evidence]
    alerts: dict[str, Alert]
    people: dict[Role, Person]

    def client(self, role: Role) -> Client:
        """A browser at which the person of the role has signed in."""
        client = Client(raise_request_exception=False)
        client.force_login(self.people[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def addresses(self, place: str) -> dict[str, str]:
        """The pages of the things at a place."""
        task, proof = self.tasks[place], self.evidence[place]
        return {
            "task": f"/nhiem-vu/{task.code}/",
            "evidence": f"/nhiem-vu/{task.code}/minh-chung/{proof.pk}/",
            "directive": f"/van-ban/{task.directive_id}/tep/",
            "alert": f"/canh-bao/{self.alerts[place].pk}/",
        }


@pytest.fixture
def scene() -> Scene:
    world = builders.world(with_people=False)
    agency, beside = world.agencies[1], world.agencies[0]
    office = builders.unit("H17.KHCN.01", "Phòng Bưu chính", UnitKind.OTHER, agency)
    units = {"own": agency, "child": office, "sibling": beside, "parent": world.city}
    tasks, rule = {}, _rule()
    for place, unit in units.items():
        # A directive of its own each, so that its file is asked for by this task only.
        world.directives["tw"] = builders.directive(world.registers["tw"])
        world.directives["tw"].file.save("a.pdf", ContentFile(b"%PDF-1.7"))
        tasks[place] = world.task(unit)
    return Scene(
        units, tasks, {place: _proof(task) for place, task in tasks.items()},
        {place: _alert(rule, unit) for place, unit in units.items()},
        {role: builders.person(role, agency) for role in Role},
    )  # fmt: skip


def _proof(task: Task) -> Evidence:
    found = Evidence(
        task=task, moment=task.moments.latest("pk"), name="a.pdf", kind="application/pdf", size=8
    )
    found.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    return found


def _rule() -> Rule:
    body = yaml.safe_load(RULE.read_text(encoding="utf-8")) | {"next_review": "2026-01-01"}
    return Rule.objects.create(
        code=body["code"], version=1, kind=Kind.TASK_OVERDUE, name="Quá hạn", name_en="Overdue", owner="48",
        within="48", next_review=date(2026, 1, 1), worse=Worse.UP, body=body, package="x",
    )  # fmt: skip


def _alert(rule: Rule, unit: Unit) -> Alert:
    return Alert.objects.create(
        rule=rule, unit=unit, object_key=f"task:{unit.code}", object_label="Việc", path="/", level=Level.WARNING,
        value=1, since=builders.TODAY, opened_at=clock.now(),
    )  # fmt: skip


def expected(role: Role, place: str) -> int:
    return 200 if role in EVERYWHERE or place in REACHED else 404


def test_each_role_sees_the_things_within_its_reach_and_no_other(scene: Scene) -> None:
    wrong = {}
    with clock.at(builders.TODAY):
        for role in Role:
            client = scene.client(role)
            for place in PLACES if role not in EVERYWHERE else PLACES[2:]:
                for kind, address in scene.addresses(place).items():
                    if (status := client.get(address).status_code) != expected(role, place):
                        wrong[f"{role} {kind} {place}"] = status
    assert wrong == {}


def test_lists_and_exports_hold_what_the_pages_show(scene: Scene) -> None:
    with clock.at(builders.TODAY):
        for role in Role:
            client = scene.client(role)
            seen = {place for place in PLACES if expected(role, place) == 200}
            shown = client.get("/nhiem-vu/").content.decode()
            assert {place for place, task in scene.tasks.items() if task.code in shown} == seen, role
            taken = client.get("/nhiem-vu/xuat/?dang=csv")
            if taken.status_code == 200:
                text = taken.content.decode()
                assert {place for place, task in scene.tasks.items() if task.code in text} == seen, role


def test_nobody_acts_on_what_he_does_not_see(scene: Scene) -> None:
    deeds = ("tiep-nhan", "trao-doi", "khong-co")
    reached = {}
    with clock.at(builders.TODAY):
        for role in (Role.AGENCY_LEAD, Role.OFFICER, Role.CLERK):
            client = scene.client(role)
            for place in ("sibling", "parent"):
                code, alert = scene.tasks[place].code, scene.alerts[place].pk
                paths = [f"/nhiem-vu/{code}/lam/{deed}/" for deed in deeds] + [
                    f"/nhiem-vu/{code}/don-doc/", f"/nhiem-vu/{code}/sua/", f"/canh-bao/{alert}/lam/tiep-nhan/",
                ]  # fmt: skip
                for path in paths:
                    sent = {
                        "client_id": str(uuid4()),
                        "version": "0",
                        "note": "x",
                        "text": "x",
                        "percent": "50",
                    }
                    if (status := client.post(path, sent).status_code) != 404:
                        reached[f"{role} {path}"] = status
    assert reached == {}
    assert {task.version for task in Task.objects.all()} == {task.version for task in scene.tasks.values()}


def test_many_at_once_reach_no_further_than_one(scene: Scene) -> None:
    """Numbers of foreign rows among one's own are left out without a word about them."""
    world_tasks = [scene.tasks[place] for place in PLACES]
    before = {task.pk: task.version for task in world_tasks}
    with clock.at(builders.TODAY):
        for role in (Role.OFFICER, Role.AGENCY_LEAD, Role.COMMUNE_OFFICER):
            client = scene.client(role)
            sent = {
                "task": [str(task.pk) for task in world_tasks],
                "verb": "accept",
                "client_id": str(uuid4()),
            }
            told = client.post("/nhiem-vu/cung-luc/", sent, follow=True).content.decode()
            for place in ("sibling", "parent"):
                assert scene.tasks[place].code not in told
            alerts = {"alert": [str(alert.pk) for alert in scene.alerts.values()], "client_id": str(uuid4())}
            client.post("/canh-bao/cung-luc/", alerts | {"deed": "acknowledge", "verb": "acknowledge"})
    for place in ("sibling", "parent"):
        assert Task.objects.get(pk=scene.tasks[place].pk).version == before[scene.tasks[place].pk]
        assert Alert.objects.get(pk=scene.alerts[place].pk).owner_id is None


def test_a_number_that_is_of_another_task_opens_nothing(scene: Scene) -> None:
    """Evidence of a foreign task under the code of one's own."""
    own, foreign = scene.tasks["own"].code, scene.evidence["sibling"].pk
    with clock.at(builders.TODAY):
        assert scene.client(Role.OFFICER).get(f"/nhiem-vu/{own}/minh-chung/{foreign}/").status_code == 404
