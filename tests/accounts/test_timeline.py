"""Who acted, and what a row of a record says to its reader."""

import pytest
from django.db import transaction
from django.utils import timezone, translation

from accounts.actor import SYSTEM
from accounts.models import Role, User
from accounts.timeline import READ_ALONG, acted_by, row
from tests.factory import make_actor
from tests.workflow.cases import LIFE, make_case, make_record
from workflow.engine import lock, record, redact

pytestmark = pytest.mark.django_db

VERBS = {"close": "locked", "open": "opened"}
STATES = dict(User.Status.choices)


def rows(case):
    return [row(event, VERBS, STATES) for event in case.events.select_related(*READ_ALONG).order_by("seq")]


def test_the_row_names_person_post_and_for_whom():
    case = make_record()
    [begun, closed, opened] = case.events.select_related(*READ_ALONG).order_by("seq")
    name = closed.actor.person.name
    assert acted_by(closed).startswith(name) and str(closed.post) in acted_by(closed)
    assert acted_by(opened).startswith(name) and acted_by(opened) != acted_by(closed)
    assert acted_by(begun).startswith(begun.actor.person.name)


def test_what_the_system_did_is_the_portals():
    case = make_case()
    with transaction.atomic():
        event = record(lock(case), LIFE, "note", actor=SYSTEM)
    event.refresh_from_db()
    with translation.override("en"):
        assert acted_by(event) == "the portal"


def test_states_are_told_only_where_they_moved():
    case = make_record()
    with transaction.atomic():
        record(lock(case), LIFE, "note", actor=make_actor(Role.COMMITTEE_STAFF))
    _begun, closed, opened, noted = rows(case)
    assert (closed["before"], closed["after"]) == (STATES["ACTIVE"], STATES["LOCKED"])
    assert (closed["label"], closed["reason"], closed["how"]) == ("locked", "人员调离", "")
    assert opened["how"] != ""
    assert (noted["before"], noted["after"], noted["label"]) == ("", "", "note")
    assert closed["when"] <= timezone.now()


def test_words_erased_are_called_so_in_every_record():
    case = make_record()
    with transaction.atomic():
        redact(lock(case), 2, actor=make_actor(Role.COMMITTEE_STAFF), reason="asked for")
    event = case.events.select_related(*READ_ALONG).last()
    with translation.override("en"):
        told = row(event, VERBS, STATES, ["event: 2"])
        label = str(told["label"])
    assert (label, told["changes"]) == ("words of the record erased", [])
    assert rows(case)[1]["reason"] == ""


def test_a_row_may_hide_what_it_would_say_and_tell_of_a_part():
    event = make_record().events.select_related(*READ_ALONG).get(verb="close")
    assert row(event, VERBS, STATES, ["a"], who="somebody", reason="")["who"] == "somebody"
    event.part_from, event.part_to = "LOCKED", "ACTIVE"
    told = row(event, VERBS, STATES, of_part=True)
    assert (told["before"], told["after"]) == (STATES["LOCKED"], STATES["ACTIVE"])


def test_reading_along_spares_every_query(django_assert_num_queries):
    case = make_record()
    with django_assert_num_queries(1):
        rows(case)
