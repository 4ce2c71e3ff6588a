"""Whatever the description allows, and what it does not, sent by everybody: no fault, and every answer as described.

Here everybody gets a share of the cases at the edges of the description, and a few made at random of each operation;
with ``CASES=20`` everybody gets all of the former, and so many of the latter.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest

schemathesis = pytest.importorskip("schemathesis")

from django.core.signals import request_finished, request_started  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import close_old_connections, transaction  # noqa: E402
from django.test import override_settings  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from schemathesis.checks import CHECKS  # noqa: E402
from schemathesis.core.parameters import ParameterLocation  # noqa: E402
from schemathesis.generation.hypothesis.builder import (  # noqa: E402
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from accounts.transitions.keys import make_key  # noqa: E402
from tests.sweep.cast import ANONYMOUS  # noqa: E402
from tests.sweep.programs import PROGRAMS  # noqa: E402
from tests.sweep.test_every_address import SweepTestCase  # noqa: E402

pytestmark = pytest.mark.fuzz

WHO = (ANONYMOUS, "staff", "host", "deputy", "liaison", "office")
CASES = int(os.environ.get("CASES", "0"))
AT_RANDOM, AT_THE_EDGES = HypothesisTestMode.FUZZING, HypothesisTestMode.COVERAGE
#: Whether a body of the right kinds is also sensible is judged by the form, which knows more than the description.
LEFT_OUT = ("positive_data_acceptance",)


# one of the checks sends wrong keys, which would soon be answered by 429 alone
@override_settings(FAILED_SIGN_INS_PER_ADDRESS=10**9)
class Fuzz(SweepTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.samples = {name: told.sample(cls.world).pk for name, told in PROGRAMS.items()}
        cls.keys = {}
        for label in WHO[1:]:
            actor = cls.world.cast[label]
            cls.keys[label] = make_key(actor.user, actor=actor, post=actor.post, name="x")[1]

    def setUp(self):
        super().setUp()
        # each request would close the connection that the test's own transaction lives in
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)
        self.schema = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())
        self.checks = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]
        self.answers: Counter = Counter()

    def ask(self, case, label: str) -> None:
        sent = {"Authorization": f"Bearer {self.keys[label]}"} if label in self.keys else {}
        self.lead_to_a_row(case)
        with transaction.atomic():
            answer = case.call(headers=sent)
            transaction.set_rollback(True)
        self.answers[answer.status_code] += 1
        case.validate_response(answer, headers=sent, checks=self.checks)

    def lead_to_a_row(self, case) -> None:
        """A key that could be one becomes that of a row there is, or nearly every case would end with 404."""
        part = case.meta.components.get(ParameterLocation.PATH) if case.meta else None
        if part is not None and part.mode.is_positive and "id" in case.path_parameters:
            kind = case.path.removeprefix("/api/v1/").partition("/")[0]
            case.path_parameters["id"] = self.samples[kind]

    def run_as(self, label: str) -> None:
        wrong = []
        for operation, phases in self.operations(label):
            told = HypothesisTestConfig(
                project=self.schema.config,
                modes=phases,
                settings=settings(
                    max_examples=CASES or 2, deadline=None, database=None, derandomize=not CASES,
                    suppress_health_check=list(HealthCheck),
                ),
            )  # fmt: skip
            try:
                create_test(operation=operation, test_func=lambda case: self.ask(case, label), config=told)()
            except BaseException as failure:  # findings come alone or in groups
                wrong.append(f"{operation.label}: {failure!r}"[:2000])
        print(f"\n{label}: {sum(self.answers.values())} cases, {dict(sorted(self.answers.items()))}")
        self.assertEqual(wrong, [])

    def operations(self, label: str) -> Iterator:
        for number, found in enumerate(self.schema.get_all_operations()):
            mine = CASES or number % len(WHO) == WHO.index(label)
            yield found.ok(), [AT_THE_EDGES, AT_RANDOM] if mine else [AT_RANDOM]

    def test_anonymous(self):
        self.run_as(ANONYMOUS)

    def test_staff(self):
        self.run_as("staff")

    def test_host(self):
        self.run_as("host")

    def test_deputy(self):
        self.run_as("deputy")

    def test_liaison(self):
        self.run_as("liaison")

    def test_government_office(self):
        self.run_as("office")
