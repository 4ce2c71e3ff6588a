"""The app as Django knows it."""

import time

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Configuration of the app; knows since when this process runs."""

    name = "workflow"
    started = time.monotonic()
