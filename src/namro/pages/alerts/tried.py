"""What a rule came to on history, in words: one row a version and time."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from namro.alerts.models import RuleTrial
from namro.ground.days import format_day
from namro.ground.numbers import NO_VALUE, format_number, format_percent


def tried_rows(trials: Iterable[RuleTrial]) -> list[dict[str, Any]]:
    """Return the results as rows of a table."""
    return [_row(trial) for trial in trials]


def _row(trial: RuleTrial) -> dict[str, Any]:
    return {
        "version": trial.version,
        "span": _("%(first)s – %(last)s")
        % {"first": format_day(trial.first), "last": format_day(trial.last)},
        "calls": format_number(trial.calls),
        "right": format_number(trial.right),
        "false_alarms": format_number(trial.false_alarms),
        "found": format_number(len(trial.found)),
        "missed": format_number(len(trial.missed)),
        "precision": _share(trial.precision),
        "recall": _share(trial.recall),
        "lead": NO_VALUE if trial.lead is None else format_number(trial.lead),
    }


def _share(value: float | None) -> str:
    return NO_VALUE if value is None else format_percent(value * 100, 1)
