"""Rules as their reviewed files declare them, read and checked; what is wrong is named with file and line."""

from namro.alerts.catalog.insisting import usual
from namro.alerts.catalog.rules import Known, read_rule, read_rules, rule_of

__all__ = ["Known", "read_rule", "read_rules", "rule_of", "usual"]
