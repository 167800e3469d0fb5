"""The sources as a Django app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """App config."""

    name = "namro.sources"
    label = "sources"
