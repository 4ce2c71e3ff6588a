"""Every form that somebody finds on a page, filled in by an enemy: refused in words, never broken, nothing changed.

A share of the posts is made, another share of each form; ``DEEP=1`` makes all of them (ten minutes).
"""

import os
from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from suggestions.models import Suggestion
from tests.suggestions.web import act_url, hidden, signed_in
from tests.sweep.addresses import ADDRESSES
from tests.sweep.cast import ANONYMOUS
from tests.sweep.hostile import VALUES, Form, Forms
from tests.sweep.test_every_address import SweepTestCase
from workflow.models import Allowance

#: Those who find forms that others do not.
ENEMIES = (ANONYMOUS, "staff", "admin", "office", "host", "co_host", "liaison", "deputy")
#: One in so many posts is made; a prime, so that each form meets other values.
SHARE = int(os.environ.get("DEEP", "61"))
IN_ADDRESSES = ("long", "nul", "swelling", "superscript", "huge", "first day", "last day", "script", "query")
LISTS = (
    "accounts:accounts",
    "accounts:events",
    "accounts:organs",
    "suggestions:list",
    "stations:list",
    "stations:deputies",
)


class HostileTestCase(SweepTestCase):
    def pages(self) -> Iterator[tuple[Client, str, str]]:
        """A page of each kind that is reached within two steps, with a browser that may see it."""
        seen: set[tuple] = set()
        starts = [reverse(name, kwargs=address.args(self.world)) for name, address in ADDRESSES.items()]
        starts += [reverse("suggestions:detail", args=[row.pk]) for row in Suggestion.objects.all()]
        for label in ENEMIES:
            client, waiting = self.client_of(label), list(starts)
            for number, url in enumerate(waiting):
                kind = kind_of(url)
                if kind in seen:
                    continue
                page = self.page(client, url)
                if page:
                    seen.add(kind if kind[0] != "suggestions:detail" else (*kind, label, url))
                    yield client, url, page
                    waiting += sorted(Forms(page, url).links - set(waiting)) if number < len(starts) else []

    def page(self, client: Client, url: str) -> str:
        """What stands there; nothing if it is no page, and whatever opening it did is undone."""
        with transaction.atomic():
            response = client.get(url)
            transaction.set_rollback(True)
        is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
        return response.content.decode() if is_page else ""

    def post(self, client: Client, url: str, sent: dict) -> tuple[int, bool]:
        """The answer, and whether a refusal changed anything; whatever was done is undone."""
        cookies = client.cookies.copy()
        with transaction.atomic():
            status = client.post(url, sent).status_code
            changed = status >= 400 and rows() != self.before
            transaction.set_rollback(True)
        client.cookies = cookies
        return status, changed


class EveryForm(HostileTestCase):
    def test_no_form_breaks_or_changes_anything_when_it_is_refused(self):
        self.before, wrong, number, found = rows(), [], 0, set()
        for client, url, page in self.pages():
            for form in Forms(page, url).found:
                if form.method != "post" or (known := kind_of(form.action)) in found:
                    continue
                found.add(known)
                for what, sent in attacks(form):
                    number += 1
                    if number % SHARE == 0:
                        status, changed = self.post(client, form.action, sent)
                        if status >= 500 or changed:
                            wrong.append((form.action, what, status, changed))
        self.assertEqual(wrong, [])
        self.assertGreater(len(found), 35)

    def test_no_list_breaks_at_what_stands_in_its_address(self):
        client, wrong = self.client_of("security"), []
        staff = self.client_of("staff")
        for name in LISTS:
            browser = client if name == "accounts:events" else staff
            url = reverse(name)
            [form] = [found for found in Forms(browser.get(url).content.decode(), url).found if "q" in found.kinds][-1:]
            for what in IN_ADDRESSES:
                value = VALUES[what]
                asked = dict.fromkeys((*form.kinds, "after", "before", "order", "pk__gt", "lead__person__phone"), value)
                status = browser.get(url, asked).status_code
                if status != 200:
                    wrong.append((name, what, status))
        self.assertEqual(wrong, [])

    def test_a_filter_that_is_not_listed_narrows_nothing(self):
        client = self.client_of("staff")
        for name, asked in (
            ("suggestions:list", {"lead__person__phone__startswith": "x", "facts__contains": "x"}),
            ("stations:deputies", {"person__phone__startswith": "x", "person__phone": "x"}),
            ("accounts:accounts", {"password__startswith": "x", "link_digest": "x"}),
        ):
            shown, asked_for = client.get(reverse(name)), client.get(reverse(name), asked)
            self.assertEqual(len(asked_for.context["rows"]), len(shown.context["rows"]), name)

    def test_columns_that_no_form_asks_for_are_not_set(self):
        case, actor = self.world.entered, self.world.cast["staff"]
        client, url = signed_in(actor), act_url(case, "register")
        others = {field.name: "7" for field in Suggestion._meta.fields if field.name not in ("serial", "field")}
        others |= {"status": "CLOSED", "is_key": "on", "actor": "1", "lead_id": "7", "closing_basis": "SATISFIED"}
        asked = hidden(client.get(url)) | {"serial": "7", "field": str(self.world.county.field.pk)}
        answer = client.post(url, others | asked | {"reply_term": "NORMAL"})
        now = Suggestion.objects.get(pk=case.pk)
        self.assertEqual(answer.status_code, 302)
        self.assertEqual((now.status, now.is_key, now.round, now.closing_basis), ("REGISTERED", False, 1, ""))
        for name in ("lead_id", "title", "facts", "publicity", "uuid", "received_on", "created_at"):
            self.assertEqual(getattr(now, name), getattr(case, name), name)


class EveryText(HostileTestCase):
    """What is typed is shown as it was typed, whatever it is, and never as a part of the page."""

    def test_what_is_stored_is_shown_and_nothing_of_it_runs(self):
        words = "“<script>alert(1)</script>” '\"><img src=x onerror=alert(1)> {{ 7|add:7 }} %(x)s"
        words += " \u202e文字\u202c 𠮷𬀩 👩‍👩‍👧 ２０２６"
        case = self.submitted(words)
        self.assertEqual((case.title, case.facts, case.demand), (words[:50].strip(), words, words))
        for label in ("staff", "chair", "deputy", "liaison"):
            page = self.client_of(label).get(reverse("suggestions:detail", args=[case.pk]))
            body = page.content.decode()
            self.assertNotIn("<script>alert", body)
            self.assertNotIn("<img src=x", body)
            self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", body)
            self.assertIn("𠮷𬀩 👩‍👩‍👧 ２０２６", body)
        for url in (reverse("suggestions:list"), reverse("suggestions:act", args=[case.pk, "correct"])):
            self.assertNotIn("<script>alert", self.client_of("staff").get(url).content.decode())

    def submitted(self, words: str) -> Suggestion:
        client = self.client_of("staff")
        url = reverse("suggestions:submit")
        asked = hidden(client.get(url)) | {"title": words[:50].strip(), "facts": words, "demand": words}
        asked |= {"lead": self.world.county.lead.certificate_no, "origin": "BETWEEN", "publicity": "FULL"}
        answer = client.post(url, asked | {"received_on": "2026-03-16"})
        self.assertEqual(answer.status_code, 302, answer.context and answer.context["form"].errors)
        return Suggestion.objects.latest("pk")


def kind_of(url: str) -> tuple:
    """The view behind an address, and its verb."""
    match = resolve(url.partition("?")[0])
    return match.view_name, match.kwargs.get("verb")


def rows() -> dict[str, int]:
    """How many rows everything has that an act could write; that somebody tried is counted on purpose."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model is not Allowance and model._meta.app_label not in ("axes", "sessions", "auth", "contenttypes")
    }


def attacks(form: Form) -> Iterator[tuple[str, dict]]:
    """Each value in all fields at once, then in each field among good ones; lists and unknown keys with it."""
    fields = [name for name in form.kinds if name != "csrfmiddlewaretoken"]
    good = form.filled()
    for what, value in VALUES.items():
        everywhere = {name: [value, value] for name in fields if name != "version"}
        yield what, {**good, **everywhere, f"unknown{value[:20]}": value}
        for name in fields:
            yield f"{name}: {what}", {**good, name: value}
