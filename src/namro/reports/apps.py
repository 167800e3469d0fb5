"""The reports as a Django app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """App config."""

    name = "namro.reports"
    label = "reports"
