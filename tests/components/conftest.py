import pytest


@pytest.fixture(autouse=True)
def _addresses(settings):
    """The frame links to pages of every app; here they lead nowhere."""
    settings.ROOT_URLCONF = "tests.components.urls"
