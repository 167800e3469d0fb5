"""Loading what a package declares for the one-stop desk; the same folder twice changes nothing."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from namro.audit.actions import record
from namro.dossiers.actions.feedback_limits import load_feedback
from namro.dossiers.catalog import RouteDef, read_desk, read_routes
from namro.dossiers.models import DeskRules, DeskStep, Route
from namro.dossiers.queries.desk import ONE_STOP

FOLDER = "dossiers"


@transaction.atomic
def load_package(folder: Path, *, progress: Callable[[float, str], None] | None = None) -> dict[str, int]:
    """Put the rules of the desk and the routes of a package; returns rows by kind; FileRefused with a fault's line.
    A route or a desk that is dropped stays for the dossiers that wait there."""
    inside = folder / FOLDER
    if not inside.is_dir():
        return {}
    body, owner, review = read_desk(inside / "desk.yaml")
    DeskRules.objects.update_or_create(
        code=ONE_STOP, defaults={"body": body, "owner": owner, "next_review": review}
    )
    routes = read_routes(inside / "routes.yaml")
    for order, route in enumerate(routes):
        _put_route(order, route)
    Route.objects.exclude(code__in=[route.code for route in routes]).update(is_current=False)
    load_feedback(folder)
    if progress:
        progress(1.0, "quy trình một cửa")
    return {"routes": len(routes)}


def _put_route(order: int, said: RouteDef) -> None:
    told = {
        "name": said.name, "order": order, "procedures": list(said.procedures), "fields": list(said.fields),
        "levels": list(said.levels), "owner": said.owner, "next_review": said.next_review, "is_current": True,
    }  # fmt: skip
    route, is_new = Route.objects.update_or_create(code=said.code, defaults=told)
    for place, step in enumerate(said.steps, start=1):
        told = {"name": step.name, "desk": step.desk, "share": step.share, "is_current": True}
        DeskStep.objects.update_or_create(route=route, order=place, defaults=told)
    route.steps.filter(order__gt=len(said.steps)).update(is_current=False)
    if is_new:
        record(by=None, verb="declare_route", obj=route, after={"steps": len(said.steps)})
