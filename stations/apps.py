"""The app as Django knows it."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """Configuration of the app."""

    name = "stations"
