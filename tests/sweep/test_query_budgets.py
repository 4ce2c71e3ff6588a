"""How many queries the pages take that everybody opens every day, for each role; never more with more rows.

Counted after the session and the user were read.
"""

from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from suggestions import transitions
from suggestions.models import (
    Commitment,
    Continuation,
    Delivery,
    Extension,
    MergeGroup,
    Objection,
    Rating,
    Suggestion,
)
from supervision.models import Call, CallItem
from tests.deliberations.cycle_factory import make_round
from tests.factory import make_actor, make_mandate
from tests.suggestions.behind import comes_from, met, promised, said, visited
from tests.suggestions.factory import (
    TODAY,
    accepted,
    contact,
    drafted,
    evaluate,
    fresh,
    make_county,
    noon,
    release,
    replied,
    version_of,
)
from tests.suggestions.web import signed_in
from tests.supervision.card_factory import filled, key_case, signed
from tests.sweep.cast import make_world
from workflow import clock

LIST, CASE, WORKBENCH = 6, 12, 10
SIGNED_IN = 2
HANDLERS = ("staff", "office", "host", "head", "co_host", "liaison", "deputy", "co_signer")


def queries(client, url, **data):
    """How many queries the page takes; None for whoever does not see it."""
    with CaptureQueriesContext(connection) as seen:
        status = client.get(url, data).status_code
    return len(seen) - SIGNED_IN if status == 200 else None


def beyond(counts, most):
    """Who needs more."""
    return {who: count for who, count in counts.items() if count is not None and count > most}


class TestEverydayPages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(noon(TODAY))
        cls.world = make_world()
        cls.clients = {label: signed_in(actor) for label, actor in cls.world.cast.items()}

    def counts(self, name, **data):
        return {label: queries(client, reverse(name), **data) for label, client in self.clients.items()}

    def test_the_list(self):
        assert beyond(self.counts("suggestions:list"), LIST) == {}

    def test_the_list_with_every_filter(self):
        county = self.world.county
        chosen = {"q": "南门 路", "status": "HANDLING", "field": county.field.pk, "organ": county.bureau.pk}
        assert beyond(self.counts("suggestions:list", **chosen, light="within_30", is_key="on"), LIST) == {}

    def test_the_workbench(self):
        assert beyond(self.counts("supervision:workbench"), WORKBENCH) == {}

    def test_the_workbench_with_more_of_everything(self):
        before = self.counts("supervision:workbench")
        for _five in range(5):
            replied(self.world.county)
            accepted(self.world.county)
        assert self.counts("supervision:workbench") == before


def stand_in(county):
    """Everybody who reads it, and the committee."""
    readers = {name: getattr(county, name) for name in HANDLERS}
    return readers | {"chair": make_actor(Role.CHAIRPERSON), "body": make_actor(Role.WORKING_BODY)}


def long_history(county, leader, many):
    """A key suggestion that has been through everything, ``many`` times over where that is possible."""
    case = key_case(county, leader, co_signers=[county.second, *(make_mandate() for _ in range(many * 4))])
    signed(county, filled(county, case))
    _spoken_of(county, case, many)
    reply = replied(county, case)
    for _round in range(2):
        _answered(county, reply, many)
        evaluate(county, reply, Rating.DISSATISFIED)
        release(county, case)
        reply = replied(county, case)
    _answered(county, reply, many)
    brought = {"mandate": county.second, "way": "HAND", "on": clock.today(), "receiver": ""}
    transitions.deliver(reply, actor=county.host, version=version_of(case), **brought)
    _asked_for(county, case, many)
    _beside(county, case, many)
    return fresh(case)


def _spoken_of(county, case, many):
    meeting = met(county, cycle=make_round(title=f"第{many}次议政").cycle)
    for _one in range(many):
        visits = [visited(county) for _ in range(2)]
        comes_from(case, meeting_opinion=said(county, meeting, *visits))
        comes_from(case, promise=promised(county, meeting, visited(county)))
        comes_from(case, opinion=visited(county).opinions.first())


def _answered(county, reply, many):
    case, today = reply.assignment.suggestion, clock.today()
    for signature in case.cosignatures.exclude(mandate=county.second):
        Delivery.objects.get_or_create(reply=reply, mandate=signature.mandate, defaults={"way": "POST", "on": today})
    lines = [
        Commitment(reply=reply, text="修路", organ=county.bureau, person="李局长", due_on=today, **done)
        for done in ({}, {"status": "REPORTED_DONE", "report": "修好了。", "reported_on": today})
        for _ in range(many)
    ]
    Commitment.objects.bulk_create(lines)
    for _one in range(many):
        contact(county, case)


def _asked_for(county, case, many):
    today = clock.today()
    for row in case.assignments.all():
        Extension.objects.bulk_create(
            Extension(
                assignment=row, status="GRANTED", requested_on=today, old_due_on=today, new_due_on=today + timedelta(n + 1),
                reason="雨季", measures="已勘察", explained_on=today, explained_how="PHONE", decided_on=today,
            )
            for n in range(many)
        )  # fmt: skip
        Objection.objects.bulk_create(
            Objection(
                assignment=row, status="REFUSED", number=n + 1, requested_on=today, reason="NOT_OURS", basis="三定",
                proposed=county.helper, decided_on=today, decision="属你局职责。",
            )
            for n in range(many)
        )  # fmt: skip


def _beside(county, case, many):
    today = clock.today()
    group = MergeGroup.objects.create(lead=case, reason="同一条路", since=today)
    others = [accepted(county) for _ in range(many)]
    Suggestion.objects.filter(pk__in=[case.pk, *(row.pk for row in others)]).update(merge_group=group)
    Continuation.objects.create(suggestion=case, before=county.lead, after=county.second, reason="RESIGNED", on=today)
    Suggestion.objects.filter(pk=case.pk).update(continued_by=county.second, agenda_on=today)
    for _one in range(many):
        call = Call.objects.create(
            status="MADE", organ=county.bureau, on=today, outcome="TOLD", by=county.staff.user, created_at=clock.now()
        )
        CallItem.objects.create(call=call, suggestion=case)


class TestTheCasePage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(noon(TODAY))
        cls.county = make_county()
        leader = make_actor(Role.DEPUTY_CHAIRPERSON)
        cls.readers = {who: signed_in(actor) for who, actor in {**stand_in(cls.county), "vice": leader}.items()}
        cls.short, cls.long = (long_history(cls.county, leader, many) for many in (1, 5))

    def counts(self, case):
        url = reverse("suggestions:detail", args=[case.pk])
        return {who: queries(client, url) for who, client in self.readers.items()}

    def test_with_the_longest_history(self):
        assert beyond(self.counts(self.long), CASE) == {}
        assert set(self.counts(self.long).values()) - {None}

    def test_as_many_for_a_long_history_as_for_a_short_one(self):
        assert self.counts(self.long) == self.counts(self.short)

    def test_while_the_next_answer_is_written(self):
        own = {"actor": self.county.co_signer, "mandate": self.county.second}
        evaluate(self.county, self.long.assignments.get(round=3, part="HOST").reply, Rating.DISSATISFIED, **own)
        release(self.county, self.long)
        drafted(self.county, fresh(self.long))
        assert beyond(self.counts(self.long), CASE) == {}

    def test_when_the_deputy_says_nothing(self):
        with noon(TODAY + timedelta(200)):
            assert beyond(self.counts(self.long), CASE) == {}
