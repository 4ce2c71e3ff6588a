"""The app as Django knows it."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """Configuration of the app."""

    name = "suggestions"
