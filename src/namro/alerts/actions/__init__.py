"""Verbs of the alerts: declare rules, judge a day, handle alerts, urge."""

from namro.alerts.actions.answering import answer
from namro.alerts.actions.duty import end_duty, hand_over_duty, put_on_duty
from namro.alerts.actions.handling import acknowledge, close, close_for_tasks, note_task, silence
from namro.alerts.actions.judging import judge
from namro.alerts.actions.packages import load_package, load_rules
from namro.alerts.actions.remembering import alone, take_touched
from namro.alerts.actions.trials import keep_trial
from namro.alerts.actions.urging import climb, urge_by_hand, urge_by_rules

__all__ = [
    "acknowledge",
    "alone",
    "answer",
    "climb",
    "close",
    "close_for_tasks",
    "end_duty",
    "hand_over_duty",
    "judge",
    "keep_trial",
    "load_package",
    "load_rules",
    "note_task",
    "put_on_duty",
    "silence",
    "take_touched",
    "urge_by_hand",
    "urge_by_rules",
]
