"""The API by everybody: each kind of rows tells what its pages tell, and refuses what they refuse."""

import pytest
from django.test import Client
from django.urls import get_resolver

from config.api import READ
from tests.sweep import test_leaks
from tests.sweep.addresses import COMMITTEE
from tests.sweep.cast import ANONYMOUS
from tests.sweep.programs import PROGRAMS
from tests.sweep.test_every_address import SweepTestCase, names_of
from tests.sweep.test_leaks import DRAFT, JUDGEMENT, OPINION, PHONE, REMARK, RETURNED

#: What is no list of rows: as whom one asks, acts, the record of a suggestion, the description.
ACTS = {
    "co_signatures_co_sign",
    "co_signatures_decline",
    "assignments_sign_receipt",
    "assignments_draft_reply",
    "replies_submit_reply",
    "replies_return_reply",
    "replies_sign_reply",
    "replies_evaluate",
}
OTHERS = {"api:schema", "api:docs", "api:v1:me", "api:v1:suggestion-events", *(f"api:v1:{name}" for name in ACTS)}


#: Rows that say more than their list does, and some that do not.
READ_ONE_BY_ONE = ("organs", "stations", "mandates", "suggestions", "import-batches", "visits", "replies", "cards")
#: Kinds whose pages count exactly what may be seen.
AS_PAGES_COUNT = ("stations", "mandates", "visits", "meetings", "promises", "cards", "topics", "cycles", "organs")
WHOLE = ("organs", "stations", "mandates", "suggestions", "import-batches")


def rows_of(client: Client, url: str) -> list[dict]:
    """Every row of a list, page by page."""
    found = []
    while url:
        answer = client.get(url)
        if answer.status_code != 200:
            return found
        page = answer.json()
        found, url = found + page["results"], page["next"]
    return found


class EveryKind(SweepTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.samples = {name: told.sample(cls.world) for name, told in PROGRAMS.items()}

    def test_every_address_of_the_api_is_listed(self):
        listed = {f"api:v1:{name}-{what}" for name in PROGRAMS for what in ("list", "detail")}
        found = {name for name in names_of(get_resolver().url_patterns) if name.startswith("api:")}
        self.assertEqual(found, listed | OTHERS)
        self.assertEqual(set(PROGRAMS), set(READ))

    def test_a_list_is_refused_as_its_page_is_and_holds_what_may_be_read(self):
        wrong = []
        for label, name, client in self.each_kind(PROGRAMS):
            told = PROGRAMS[name]
            answer = client.get(f"/api/v1/{name}/?page_size=100")
            wanted = 401 if label == ANONYMOUS else 403 if label in told.listless else 200
            keys = {row["id"] for row in answer.json().get("results", ())}
            listed = self.samples[name].pk in keys
            if answer.status_code != wanted or listed != (label in told.may) or not keys <= self.seen_by(label, name):
                wrong.append((name, label, answer.status_code, wanted, listed))
        self.assertEqual(wrong, [])

    def test_one_row_is_read_by_whom_it_is_for_and_to_others_it_is_not_there(self):
        wrong = []
        for label, name, client in self.each_kind(READ_ONE_BY_ONE):
            got = client.get(f"/api/v1/{name}/{self.samples[name].pk}/").status_code
            wanted = 401 if label == ANONYMOUS else 200 if label in PROGRAMS[name].may else 404
            if got != wanted:
                wrong.append((name, label, got, wanted))
        self.assertEqual(wrong, [])

    def test_a_list_holds_as_many_rows_as_the_page_counts(self):
        for label, name, client in self.each_kind(AS_PAGES_COUNT):
            if label != ANONYMOUS and label not in PROGRAMS[name].listless:
                rows = rows_of(client, f"/api/v1/{name}/?page_size=100")
                self.assertEqual({row["id"] for row in rows}, self.seen_by(label, name), (name, label))

    def each_kind(self, names):
        for label in self.world.labels:
            client = self.client_of(label)
            for name in names:
                yield label, name, client

    def seen_by(self, label: str, name: str) -> set[int]:
        """What the scope says; everything where the rows have none of their own."""
        rows = READ[name].model._default_manager
        scoped = rows.visible_to(self.world.cast[label]) if hasattr(rows, "visible_to") and label != ANONYMOUS else rows
        return set(scoped.values_list("pk", flat=True))


@pytest.mark.exhaustive
class Words(test_leaks.Leaks):
    """The words that were planted for the pages, looked for in everything that a program may read."""

    def setUp(self):
        super().setUp()
        self.urls = [f"/api/v1/{name}/?page_size=100" for name in READ]
        self.urls += [f"/api/v1/suggestions/{case.pk}/events/" for case in (self.judged, self.drafting, self.reviewed)]

    def pages_of(self, label: str) -> list[str]:
        if label not in self.read:
            client = self.client_of(label)
            pages = [client.get(url) for url in self.urls]
            rows = [
                f"/api/v1/{name}/{row['id']}/"
                for name in WHOLE
                for row in rows_of(client, f"/api/v1/{name}/?page_size=100")
            ]
            pages += [client.get(url) for url in rows]
            self.read[label] = [page.content.decode() for page in pages]
        return self.read[label]

    def test_each_word_is_read_by_whom_it_is_for(self):
        alike = frozenset({"vice", "body", "head", "delegation", "township", "party", "security"})
        committee = COMMITTEE - alike
        self.assertEqual(self.seen(REMARK), committee)
        self.assertEqual(self.seen(f'"{JUDGEMENT}"'), committee | {"deputy", "liaison"})
        self.assertEqual(self.seen(f'"{DRAFT}"'), committee | {"office", "host"})
        self.assertEqual(self.seen(OPINION), committee | {"office", "host", "co_host"})
        self.assertEqual(self.seen(RETURNED), committee | {"office", "host", "co_host"})
        self.assertEqual(self.seen(PHONE), {"staff", "other_deputy", "other_liaison"})

    def test_no_search_finds_what_may_not_be_read(self):
        for label in ("staff", "office", "host", "co_host", "deputy", "liaison"):
            client = self.client_of(label)
            for name, words in (
                ("suggestions", JUDGEMENT), ("suggestions", REMARK), ("suggestions", DRAFT), ("mandates", PHONE),
                ("stations", PHONE), ("organs", PHONE),
            ):  # fmt: skip
                self.assertEqual(rows_of(client, f"/api/v1/{name}/?q={words}"), [], (label, name))

    #: Of pages alone.
    test_what_the_page_hides_until_it_is_released_is_shown_then = None
