"""Whatever the description allows, and what it does not, sent by everybody: no fault, and every answer as described.

``CASES`` is how many cases each operation gets beside those at the edges of its description (``make test-api``: few).
"""

import os

import pytest

schemathesis = pytest.importorskip("schemathesis")

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import transaction  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from schemathesis.checks import CHECKS  # noqa: E402
from schemathesis.generation.hypothesis.builder import (  # noqa: E402
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from accounts.transitions.keys import make_key  # noqa: E402
from tests.sweep.programs import PROGRAMS  # noqa: E402
from tests.sweep.test_every_address import SweepTestCase  # noqa: E402

pytestmark = pytest.mark.fuzz

CASES = int(os.environ.get("CASES", "4"))
PHASES = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING]
#: What an operation must do with a body that is as described is for the form to judge, which knows more (422).
LEFT_OUT = ("positive_data_acceptance",)
WHO = ("staff", "host", "deputy", "liaison")


class Fuzz(SweepTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for told in PROGRAMS.values():
            told.sample(cls.world)
        cls.keys = {}
        for label in WHO:
            actor = cls.world.cast[label]
            cls.keys[label] = make_key(actor.user, actor=actor, post=actor.post, name="x")[1]

    def run_as(self, label: str) -> int:
        schema = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())
        checks = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]
        sent = {"Authorization": f"Bearer {self.keys[label]}"} if label in self.keys else {}
        count, wrong = 0, []

        def ask(case):
            nonlocal count
            count += 1
            with transaction.atomic():
                answer = case.call(headers=sent)
                transaction.set_rollback(True)
            case.validate_response(answer, headers=sent, checks=checks)

        for found in schema.get_all_operations():
            operation = found.ok()
            told = HypothesisTestConfig(
                project=schema.config,
                modes=PHASES,
                settings=settings(
                    max_examples=CASES, deadline=None, database=None, derandomize="CASES" not in os.environ,
                    suppress_health_check=list(HealthCheck),
                ),
            )  # fmt: skip
            try:
                create_test(operation=operation, test_func=ask, config=told)()
            except BaseException as failure:  # a group of findings
                wrong.append(f"{operation.label}: {failure!r} {failure}"[:1500])
        self.assertEqual(wrong, [])
        return count

    def test_anonymous(self):
        print("cases", self.run_as("anonymous"))

    def test_staff(self):
        print("cases", self.run_as("staff"))
