"""The environment of the tests, set before pytest-django reads the settings (``-p tests.environment``)."""

import os
import tempfile

import hypothesis

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix=f"portal-test-{WORKER}-")
os.mkdir(os.path.join(os.environ["DATA_DIR"], "static"))
for _name in ("SITE_URL", "SECRET_KEY", "FIELD_KEYS", "DEBUG", "EMAIL_URL", "ALLOWED_HOSTS", "TIME_ZONE"):
    os.environ.pop(_name, None)

# the same examples on every machine, however slow it is; what they found is written down as a test
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("suite")
