"""The app as Django knows it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Configuration of the app."""

    name = "notifications"
