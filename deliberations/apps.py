"""The app as Django knows it."""

from django.apps import AppConfig


class DeliberationsConfig(AppConfig):
    """Configuration of the app."""

    name = "deliberations"
