"""The app as Django knows it."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Configuration of the app."""

    name = "supervision"
