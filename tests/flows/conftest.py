"""The small city of the alerts serves the tests of the flows too."""

from tests.alerts.conftest import city, on_day, rule

__all__ = ["city", "on_day", "rule"]
