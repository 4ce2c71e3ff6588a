"""The app as Django knows it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Configuration of the app."""

    name = "files"
