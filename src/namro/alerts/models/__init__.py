"""Tables of the alerts: rules, alerts with their flips, deeds and urges, who is on duty, the marks of
judging, and backtests."""

from namro.alerts.models.alerts import OPEN, Alert, Deed, Flip, Judged, Rule, Touched, Urge
from namro.alerts.models.duty import Duty
from namro.alerts.models.trials import RuleTrial

__all__ = ["OPEN", "Alert", "Deed", "Duty", "Flip", "Judged", "Rule", "RuleTrial", "Touched", "Urge"]
