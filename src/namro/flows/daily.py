"""The river of a day: source → finding → observation → figure → alert. Any number of times, the same state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from namro.alerts.terms import Judgement
from namro.flows import centre
from namro.flows.indices import figure_indices
from namro.flows.judging import judge_today
from namro.flows.responding import figure_response, is_of_response
from namro.flows.serving import figure_service, is_of_service
from namro.ground import clock
from namro.indicators.actions import store_figures
from namro.indicators.formulas.observations import compute
from namro.indicators.queries import definitions, pairs_above
from namro.indicators.terms import IndicatorDef
from namro.sources import feeds as sources_feed
from namro.sources.actions import derive_findings, note_run
from namro.sources.queries import as_known_on
from namro.sources.terms import Observation
from namro.tasks import feeds as tasks_feed

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Feed:
    """A domain that reports into the river; its measures begin with `prefix`."""

    name: str
    prefix: str
    observations: Callable[[date], Iterable[Observation]]


FEEDS = (
    Feed("sources", "bieu.", sources_feed.observations),
    Feed("tasks", "nhiem_vu.", tasks_feed.observations),
)


# Measures that every return moves, whatever its form.
PUNCTUALITY = ("bieu.phai_nop", "bieu.da_nop", "bieu.dung_han")


@dataclass(frozen=True)
class DayRun:
    """What a run of the river came to."""

    observations: int
    figures: int
    findings: int
    failed: tuple[str, ...]
    judged: Judgement | None = None


def run_day(day: date, *, progress: Progress | None = None, feeds: Iterable[Feed] = FEEDS) -> DayRun:
    """Let the river flow for a day: what does not add up is found first, so that every figure can say so.

    The rules of the alerts judge only the present day: what is past calls nobody any more.
    """
    tell = progress or (lambda share, what: None)
    findings = derive_findings(as_known_on(day))
    tell(0.2, "kiểm tra số liệu")
    observed, failed = observe(day, feeds)
    tell(0.4, "thu số liệu")
    figures = figure(day, observed, failed)
    tell(0.6, "tính chỉ tiêu")
    figures += figure_lake(day)
    tell(0.8, "tính chỉ tiêu từ kho dữ liệu")
    judged = judge_today(day)
    figures += figure_response(day) if judged else 0
    tell(1.0, "xét cảnh báo")
    return DayRun(len(observed), figures, findings, tuple(feed.name for feed in failed), judged)


def observe(day: date, feeds: Iterable[Feed]) -> tuple[list[Observation], list[Feed]]:
    """Gather what every feed reports; a feed that fails is recorded and shown, and the river goes on without it."""
    observed: list[Observation] = []
    failed = []
    for feed in feeds:
        try:
            with transaction.atomic():
                rows = list(feed.observations(day))
        except Exception as fault:  # noqa: BLE001 - whatever befalls a source, the river goes on and says so
            note_run(feed=feed.name, day=day, error=f"Nguồn {feed.name} không chạy được: {fault}")
            failed.append(feed)
        else:
            note_run(feed=feed.name, day=day, rows=len(rows))
            observed += rows
    return observed, failed


def figure(day: date, observed: list[Observation], failed: Iterable[Feed]) -> int:
    """Compute and store the figures; those of a feed that failed stay as they were."""
    dry = tuple(feed.prefix for feed in failed)
    observed_ones = [definition for definition in definitions() if definition.terms]
    before = [each for each in observed_ones if not (is_of_response(each) or is_of_service(each))]
    flowing = [definition for definition in before if not _draws_from(definition, dry)]
    computed = compute(flowing, observed, pairs_above())
    return store_figures(computed, day=day, rebuilt=[definition.code for definition in flowing])


def figure_lake(day: date) -> int:
    """Compute what is new in the lake, the service index, and the indices; only on the present day: the lake and the
    dossiers answer for those past."""
    if day != clock.today():
        return 0
    return sum(centre.figure_sources().values()) + figure_service() + figure_indices()


def recompute_form(form: str, period: str, day: date) -> int:
    """Compute anew the figures of one form for one period, as after a return came in; returns how many."""
    own = (f"bieu.{form}.", *PUNCTUALITY)
    moved = [definition for definition in definitions() if _draws_from(definition, own)]
    drawn = {form} | {
        measure.split(".")[1] for d in moved for measure in d.measures if measure.count(".") == 2
    }
    observed = list(sources_feed.observations(day, forms_only=drawn, period=period))
    return store_figures(compute(moved, observed, pairs_above()), day=day)


def _draws_from(definition: IndicatorDef, prefixes: tuple[str, ...]) -> bool:
    return any(measure.startswith(prefixes) for measure in definition.measures) if prefixes else False
