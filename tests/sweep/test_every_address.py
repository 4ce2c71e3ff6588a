"""Every address × every visitor × every method. An address that is not listed fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.urls import URLPattern, get_resolver, reverse

from files.models import Attachment
from tests.suggestions.factory import TODAY, noon
from tests.sweep.addresses import ADDRESSES, EVERYBODY, Address
from tests.sweep.cast import ANONYMOUS, make_world

#: What an act may answer to an empty form of somebody who may do it.
ANSWERED = {200, 302, 409, 422}


def names_of(patterns, prefix: str = "") -> Iterator[str]:
    """Every named address of the project, walked from the root."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names_of(pattern.url_patterns, prefix + space)


#: Pages of refusals are looked at elsewhere; here they are a word, because there are a thousand of them.
PLAIN = [settings.TEMPLATES[0] | {"DIRS": [Path(__file__).parent / "templates", *settings.TEMPLATES[0]["DIRS"]]}]


@override_settings(TEMPLATES=PLAIN)
class SweepTestCase(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(noon(TODAY))
        cls.world = make_world()

    def setUp(self):
        for path in Attachment.objects.values_list("path", flat=True):
            default_storage.save(path, ContentFile(b"%PDF-1.4"))

    def client_of(self, label: str) -> Client:
        client = Client(raise_request_exception=False)
        if label != ANONYMOUS:
            actor = self.world.cast[label]
            client.force_login(actor.user, "django.contrib.auth.backends.ModelBackend")
        return client

    def each(self) -> Iterator[tuple[str, Address, str, str, Client]]:
        urls = {name: reverse(name, kwargs=address.args(self.world)) for name, address in ADDRESSES.items()}
        for label in self.world.labels:
            client = self.client_of(label)
            for name, address in ADDRESSES.items():
                yield name, address, urls[name], label, client

    def status(self, method: str, url: str, client: Client) -> int:
        """The answer; whatever the request did is undone."""
        cookies = client.cookies.copy()
        with transaction.atomic():
            status = getattr(client, method)(url).status_code
            transaction.set_rollback(True)
        client.cookies = cookies
        return status


def refusal(address: Address, label: str) -> int | None:
    """What somebody is told who may not see the page; None for somebody who may."""
    if label == ANONYMOUS and not address.public:
        return 302
    if label == ANONYMOUS:
        # what is there for nobody is not there for them either
        return 404 if address.hidden >= EVERYBODY else None
    if label in address.may:
        return None
    return 404 if label in address.hidden else 403


class EveryAddress(SweepTestCase):
    def test_every_address_is_listed_with_its_answers(self):
        pages = {name for name in names_of(get_resolver().url_patterns) if not name.startswith("api:")}
        self.assertEqual(pages, set(ADDRESSES))

    def test_the_cast_is_whom_the_table_speaks_of(self):
        self.assertEqual({*self.world.cast}, EVERYBODY)

    def test_reading(self):
        wrong = []
        for name, address, url, label, client in self.each():
            got, refused = self.status("get", url, client), refusal(address, label)
            wanted = {refused} if refused else {200, 302, 409}
            if address.post_only and not (label == ANONYMOUS and refused):
                wanted = {405}
            if name == "workflow:readyz":
                wanted = {200, 503}  # no worker is seen in a test; right after a start that is no fault yet
            if got not in wanted:
                wrong.append((name, label, got, wanted))
        self.assertEqual(wrong, [])


class EveryPost(SweepTestCase):
    @pytest.mark.exhaustive
    def test_acting(self):
        wrong = []
        for name, address, url, label, client in self.each():
            got, refused = self.status("post", url, client), refusal(address, label)
            wanted = {refused} if refused else ANSWERED | {405, 503}
            if got not in wanted and got != 405:
                wrong.append((name, label, got, wanted))
        self.assertEqual(wrong, [])

    def test_no_act_without_a_token_of_the_page(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.world.cast["staff"].user, "django.contrib.auth.backends.ModelBackend")
        answers = {
            name: client.post(url).status_code
            for name, _address, url, label, _client in self.each()
            if label == "staff"
        }
        self.assertEqual({name: status for name, status in answers.items() if status != 403}, {})

    def test_other_methods_are_refused(self):
        for name, _address, url, label, client in self.each():
            if label == "staff":
                for method in ("put", "patch", "delete", "options", "trace"):
                    self.assertEqual(getattr(client, method)(url).status_code, 405, (name, method))
