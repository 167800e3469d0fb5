"""The dossiers as a Django app."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """App config."""

    name = "namro.dossiers"
    label = "dossiers"
