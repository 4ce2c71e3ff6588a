"""The app as Django knows it."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Configuration of the app."""

    name = "workflow"
