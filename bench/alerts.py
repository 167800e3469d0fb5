"""`./namro bench alerts`: 10,000 rules over 3,321 communes, a day of figures, 1,000,000 open tasks: the judgement of a
day, a second with nothing new, the next day's, the messages that come of it, and the list that an operator reads."""

import os
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any
from unittest.mock import patch

import psutil
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.test.utils import override_settings

from bench import alerts_filling as filling
from bench.measure import measured
from bench.register import TODAY, Ids, found_country, today
from namro.alerts.actions import judging as steps
from namro.alerts.models import Alert, Rule, Urge
from namro.alerts.queries import AlertFilter, counts, page_of
from namro.alerts.terms import Kind, Order
from namro.delivery.actions.gathering import gather as gather_messages
from namro.delivery.actions.routing import route
from namro.delivery.models import Delivery, Message, Told
from namro.delivery.queries import policy
from namro.flows.judging import judge_day
from namro.ground import clock
from namro.indicators.models import Figure
from namro.organisation.models import Person, Unit
from namro.organisation.queries import viewer as viewer_of
from namro.tasks.models import Task

SIZES = (1_000_000,)
RUNS = 100
SEED = 57
CHANGED_UNITS = 100
TELLING = ("tell_raised", "urge_by_rules", "climb")
STEPS = ("gather", "merge", "inhibit", *TELLING)
MORNING = hour(9, tzinfo=clock.VIETNAM)  # no quiet hour, and the time of the digest


def run(sizes: Iterable[int] = SIZES, runs: int = RUNS) -> dict[str, Any]:
    """Fill an empty database at each size and measure; the sizes are numbers of open tasks.

    A database that was kept is measured as it is: what was judged there is thrown away, what it lacks is filled.
    """
    report: dict[str, Any] = {"seed": SEED, "cores": os.cpu_count(), "sizes": {}}
    with today(), override_settings(ALLOWED_HOSTS=["testserver"]):
        filled = filling.stored_tasks()
        ids = filling.found_again() if filled else _founded()
        filling.forget_judgements()
        report |= {
            "rules": Rule.objects.count(),
            "units": Unit.objects.count(),
            "figures": Figure.objects.count(),
        }
        for size in sizes:
            filling.store_tasks(ids, filled + 1, size)
            filled = max(filled, size)
            report["sizes"][str(filled)] = _measured(ids, runs)
    return report


def _founded() -> Ids:
    ids = found_country()
    filling.store_rules(ids)
    filling.store_figures()
    return ids


def _measured(ids: Ids, runs: int) -> dict[str, Any]:
    """The judgement four times over, what is told of it, and the reading of it."""
    found: dict[str, Any] = {"first": _judged(TODAY)}
    filling.analyse("alerts_alert, alerts_flip, alerts_urge, delivery_told")
    found |= {"second_nothing_new": _judged(TODAY), "open_alerts": Alert.objects.filter(state="open").count()}
    units = [unit.pk for unit in ids.communes[:CHANGED_UNITS]]
    changed = Task.objects.filter(lead_unit__in=units, percent=0).update(percent=100)
    found["some_changed"] = {"tasks": changed, "units": len(units), **_judged(TODAY)}
    found["messages"] = _messages()
    tomorrow = TODAY + timedelta(days=1)
    with clock.at(tomorrow):
        found["next_day"] = _judged(tomorrow)
    filling.analyse("alerts_alert, alerts_flip, alerts_urge")
    found["reading"] = {name: measured(read, runs) for name, read in _reads(ids).items()}
    found["urges"] = Urge.objects.count()
    Task.objects.filter(lead_unit__in=units, percent=100).update(percent=0)  # as it was, for whoever keeps it
    return found


def _judged(day: date) -> dict[str, Any]:
    """One judgement: seconds and seconds of processors, in all and of each step; the load of the machine meanwhile; and
    what came of it. On a machine with nothing else to do the two are nearly the same."""
    steps_took: dict[str, Taken] = {}
    with ExitStack() as stack:
        for step in STEPS:
            stack.enter_context(_timed(steps_took, step))
        judged, took = _took(lambda: judge_day(day))
    told = sum((steps_took[step] for step in TELLING), Taken())
    rest = took - sum(steps_took.values(), Taken())
    shown = {name: each.shown for name, each in {**steps_took, "rest": rest}.items()}
    filling.say(f"judged {day}: {took.shown}, load {os.getloadavg()[0]:.1f}, {shown}")
    return {
        "all": took.shown, "telling": told.shown, "all_but_telling": (took - told).shown, "steps": shown,
        "load": round(os.getloadavg()[0], 1),
        **{name: getattr(judged, name) for name in ("opened", "moved", "closed", "told", "urged")},
    }  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What something took: seconds by the clock, and seconds of processors here and in the database's process."""

    seconds: float = 0.0
    processors: float = 0.0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.seconds + other.seconds, self.processors + other.processors)

    def __sub__(self, other: "Taken") -> "Taken":
        return Taken(self.seconds - other.seconds, self.processors - other.processors)

    @property
    def shown(self) -> dict[str, float]:
        """For the report."""
        return {"seconds": round(self.seconds, 2), "processor_seconds": round(self.processors, 2)}


def _took(act: Callable[[], Any]) -> tuple[Any, Taken]:
    """Do something; what came of it and what it took."""
    start, work = time.perf_counter(), _work()
    made = act()
    return made, Taken(time.perf_counter() - start, _work() - work)


def _work() -> float:
    """The seconds that processors have spent for this connection: here, and in the database's process for it."""
    pid = connection.connection.info.backend_pid
    spent = [process.cpu_times() for process in (psutil.Process(), psutil.Process(pid))]
    return sum(times.user + times.system for times in spent)


@contextmanager
def _timed(steps_took: dict[str, Taken], name: str) -> Iterator[None]:
    """Add up what a step of the judgement takes."""
    step: Callable[..., Any] = getattr(steps, name)

    def timed(*args: Any) -> Any:
        made, took = _took(lambda: step(*args))
        steps_took[name] = steps_took.get(name, Taken()) + took
        return made

    with patch.object(steps, name, timed):
        yield


def _messages() -> dict[str, Any]:
    """What the notices become the next morning: messages, each to one person with all of it."""
    Person.objects.update(email=Concat("username", Value("@do.example")))
    with clock.at(datetime.combine(TODAY + timedelta(days=1), MORNING)), override_settings(NAMRO_MAIL=True):
        _, took = _took(lambda: (route(policy()), gather_messages(policy())))
    return {
        "notices": Told.objects.count(),
        "people": Told.objects.values("person").distinct().count(),
        "deliveries": Delivery.objects.count(),
        "messages": Message.objects.count(),
        "most_messages_a_person": max(_per_person(), default=0),
        **took.shown,
    }


def _per_person() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM delivery_message WHERE person_id IS NOT NULL GROUP BY person_id")
        return [count for (count,) in cursor.fetchall()]


def _reads(ids: Ids) -> dict[str, Callable[[int], Any]]:
    """The list as queries and as a page, for who reads all and for a commune; no two runs ask for the same."""
    chance = random.Random(SEED)
    people = [chance.choice(ids.officers) for _ in range(20)]
    officers = [viewer_of(person, TODAY) for person in people]
    boss, clients = viewer_of(ids.secretary, TODAY), [_signed_in(person) for person in people]
    operator = _signed_in(ids.secretary)
    units = [chance.choice(ids.communes) for _ in range(50)]
    return {
        "list_all": lambda i: page_of(boss, AlertFilter(level=(None, 1, 2, 3)[i % 4])),
        "list_oldest": lambda i: page_of(boss, AlertFilter(order=Order.OLDEST, older_than=i % 3)),
        "list_kind": lambda i: page_of(boss, AlertFilter(kind=list(Kind)[i % 4])),
        "list_unit": lambda i: page_of(boss, AlertFilter(unit_id=units[i % 50].pk)),
        "list_commune": lambda i: page_of(officers[i % 20], AlertFilter()),
        "counts_all": lambda i: counts(boss),
        "page_operator": lambda i: _get(
            operator, f"/canh-bao/?don_vi={units[i % 50].code}" if i % 2 else "/canh-bao/"
        ),
        "page_commune": lambda i: _get(clients[i % 20], "/canh-bao/"),
    }


def _signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path}: {answer.status_code}")
