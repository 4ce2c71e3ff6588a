"""The engine: refusals told apart, one conditional update, one event, in one transaction."""

import re
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from tests.factory import make_actor
from tests.workflow.cases import LIFE, S, make_case, make_record
from workflow import chain, engine
from workflow.engine import Conflict, Invalid, NotAllowed, Refused, Stale, lock, lock_all, move, permit, record
from workflow.requests import begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make_actor(Role.COMMITTEE_STAFF)


def state_of(case):
    row = User.objects.get(pk=case.pk)
    return row.status, row.version, row.head_hash


def test_each_refusal_has_its_own_status():
    assert [kind.status for kind in (NotAllowed, Conflict, Stale, Invalid)] == [403, 409, 409, 422]
    assert all(issubclass(kind, Refused) for kind in (NotAllowed, Conflict, Stale, Invalid))


def test_a_refusal_keeps_code_and_parameters_apart_from_its_sentence():
    refused = Invalid("number", "taken", "The number %(number)s is taken.", number=7)
    assert (refused.field, refused.code, refused.params) == ("number", "taken", {"number": 7})
    assert str(refused) == refused.sentence == "The number 7 is taken."


def test_a_sentence_with_a_percent_sign_and_no_parameters_is_kept():
    assert Conflict("full", "100% full").sentence == "100% full"


def test_the_policy_decides():
    permit(True)
    with pytest.raises(NotAllowed) as refused:
        permit(False, "Only staff.")
    assert refused.value.sentence == "Only staff."


def test_an_act_moves_the_state_counts_and_chains(actor):
    case = make_case()
    first = case.head_hash
    event = record(case, LIFE, "close", actor=actor, reason="离任", changes={"by": 1})
    assert state_of(case) == (S.LOCKED, 2, event.hash)
    assert (case.status, case.version, case.head_hash) == (S.LOCKED, 2, event.hash)
    assert (event.seq, event.prev_hash, event.from_state, event.to_state) == (2, first, S.ACTIVE, S.LOCKED)
    assert (event.detail.reason, event.detail.changes) == ("离任", {"by": 1})
    assert (event.actor, event.post) == (actor.user, actor.post)


def test_the_first_event_starts_from_nothing():
    event = make_case().events.get()
    assert (event.seq, event.prev_hash, event.from_state, event.to_state) == (1, "", "", S.ACTIVE)


def test_further_columns_are_written_with_the_state(actor):
    case = make_case()
    record(case, LIFE, "close", actor=actor, fields={"email": "a@example.cn"})
    assert case.email == "a@example.cn" == User.objects.get(pk=case.pk).email


def test_an_event_carries_the_request(actor):
    made = begin()
    assert record(make_case(), LIFE, "close", actor=actor).request_id == made


@pytest.mark.parametrize("verb", ["open"])
def test_a_wrong_state_refuses_and_writes_nothing(actor, verb):
    case = make_case()
    before = state_of(case)
    with pytest.raises(Conflict) as refused:
        record(case, LIFE, verb, actor=actor)
    assert refused.value.code == "wrong_state"
    assert state_of(case) == before
    assert case.events.count() == 1


def test_a_verb_cannot_lead_where_its_row_does_not():
    case = make_case()
    with pytest.raises(ValueError, match="does not lead"):
        LIFE.target(case, "close", S.ACTIVE)


def test_a_verb_with_several_ends_names_one(actor):
    case = make_case()
    record(case, LIFE, "decide", actor=actor, to=S.LOCKED)
    assert case.status == S.LOCKED
    case = make_case()
    record(case, LIFE, "decide", actor=actor)
    assert case.status == S.ACTIVE


def test_an_old_page_is_stale(actor):
    case = make_case()
    with pytest.raises(Stale), transaction.atomic():
        lock(case, version=case.version - 1)
    assert lock(case, version=case.version).pk == case.pk


@pytest.mark.parametrize("column", ["status", "version"])
def test_the_update_is_conditional_on_state_and_version(actor, column):
    case = make_case()
    User.objects.filter(pk=case.pk).update(**{column: {"status": S.LOCKED, "version": 7}[column]})
    before = state_of(case)
    with pytest.raises(Stale), transaction.atomic():
        record(case, LIFE, "close", actor=actor)
    assert state_of(case) == before
    assert case.events.count() == 1


def test_a_part_moves_by_its_own_condition():
    case = make_case()
    moved = move(case, LIFE, "close", email="b@example.cn")
    assert (moved.part, moved.key, moved.before, moved.after) == ("account", case.uuid, S.ACTIVE, S.LOCKED)
    assert User.objects.get(pk=case.pk).email == "b@example.cn"
    late = User.objects.get(pk=case.pk)
    late.status = S.ACTIVE
    with pytest.raises(Stale):
        move(late, LIFE, "close")
    with pytest.raises(Conflict):
        move(case, LIFE, "close")


def test_the_event_tells_of_the_part(actor):
    key = uuid4()
    event = record(make_case(), LIFE, "note", actor=actor, part=engine.Moved("reply", key, "DRAFT", "SIGNED"))
    assert (event.part, event.part_key, event.part_from, event.part_to) == ("reply", key, "DRAFT", "SIGNED")


def test_several_cases_are_locked_in_the_order_of_their_keys():
    first, second = make_case(), make_case()
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        locked = lock_all([second, first])
    assert [case.pk for case in locked] == [first.pk, second.pk]
    asked = [int(re.search(r'"id" = (\d+)', query["sql"])[1]) for query in queries]
    assert asked == [first.pk, second.pk]


def test_postgresql_takes_a_row_lock():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the IMMEDIATE transaction is the lock")
    case = make_case()
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        lock(case)
    assert "FOR UPDATE" in queries[0]["sql"]


def test_dates_and_uuids_in_changes_are_told_as_text(actor):
    key = uuid4()
    changes = record(make_case(), LIFE, "note", actor=actor, changes={"key": key}).detail.changes
    assert changes == {"key": str(key)}


class TestRedaction:
    def test_words_are_blanked_by_an_act_of_its_own(self, actor):
        case = make_record()
        event = engine.redact(lock(case), 2, actor=actor, reason="依本人申请")
        words = case.events.get(seq=2).detail
        assert (words.reason, words.changes, words.salt, words.redacted_by_seq) == ("", {}, "", 4)
        assert (event.verb, event.detail.changes, event.detail.reason) == (chain.REDACT, {"event": 2}, "依本人申请")
        assert state_of(case)[:2] == (S.ACTIVE, 4)

    @pytest.mark.parametrize("seq", [0, 4, 9])
    def test_only_an_event_of_the_past_can_be_blanked(self, actor, seq):
        case = make_record()
        with pytest.raises(Conflict) as refused, transaction.atomic():
            engine.redact(lock(case), seq, actor=actor, reason="误")
        assert refused.value.code == "nothing_to_redact"
        assert case.events.count() == 3

    def test_nothing_is_blanked_twice_and_no_redaction_is_hidden(self, actor):
        case = lock(make_record())
        engine.redact(case, 2, actor=actor, reason="依本人申请")
        for seq in (2, 4):
            with pytest.raises(Conflict), transaction.atomic():
                engine.redact(lock(case), seq, actor=actor, reason="再")

    def test_only_the_case_itself_is_touched(self, actor):
        case, other = make_record(), make_record()
        engine.redact(lock(case), 2, actor=actor, reason="依本人申请")
        assert other.events.get(seq=2).detail.reason == "人员调离"
