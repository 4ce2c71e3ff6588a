"""Kinds of jobs for tests instead of the project's, and a broker that only remembers."""

import pytest
from celery import current_app


@pytest.fixture(autouse=True)
def test_kinds(settings):
    settings.JOB_KINDS = "tests.files.factory.KINDS"


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """Messages that the broker was given."""
    messages = []
    monkeypatch.setattr(
        type(current_app._get_current_object()),
        "send_task",
        lambda app, name, args, **options: messages.append((name, *args)),
    )
    return messages
