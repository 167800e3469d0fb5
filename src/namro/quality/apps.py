"""The service-quality index as a Django app."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """App config."""

    name = "namro.quality"
    label = "quality"
