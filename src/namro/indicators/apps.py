"""The indicators as a Django app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """App config."""

    name = "namro.indicators"
    label = "indicators"
