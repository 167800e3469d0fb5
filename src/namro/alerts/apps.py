"""The alerts as a Django app."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """App config."""

    name = "namro.alerts"
    label = "alerts"
