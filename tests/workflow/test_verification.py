"""``verify_events``: whatever is altered in the record is found, with its place."""

import json
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from accounts.models import AccountEvent, AccountEventDetail, How, Person, Role, User
from tests.factory import make_actor
from tests.workflow.cases import make_record
from workflow import engine, guards, verification
from workflow.engine import lock

pytestmark = pytest.mark.django_db


@contextmanager
def lifted():
    """As somebody works who may alter the database itself."""
    guards.lift_all(connection)
    try:
        yield
    finally:
        guards.install_all(connection)


def faults_of(case):
    place = f"accounts.User:{case.pk}"
    return [row["sentence"] for row in verification.verify().faults if row["place"] == place]


@pytest.fixture
def all_have_a_record(monkeypatch):
    """Leave aside the accounts that the factory makes without an act."""
    whole = verification._with_events
    monkeypatch.setattr(verification, "_with_events", lambda model: whole(model).exclude(version=0))


def test_an_untouched_record_has_no_faults():
    case = make_record()
    assert faults_of(case) == []


CHANGED = {
    "seq": 9,
    "verb": "praise",
    "from_state": "X",
    "to_state": "X",
    "part": "reply",
    "part_key": uuid4(),
    "part_from": "X",
    "part_to": "X",
    "round": 2,
    "request_id": "x",
    "at": F("at") + timedelta(microseconds=1),
    "detail_digest": "0" * 64,
    "algorithm": "md5",
    "prev_hash": "0" * 64,
    "hash": "0" * 64,
    "how": How.TELEPHONE,
    "actor": None,
    "post": None,
    "on_behalf_of": "a person",
}


def test_every_column_of_an_event_is_altered_below():
    columns = {field.name for field in AccountEvent._meta.concrete_fields}
    assert columns - {"id", "user"} == set(CHANGED)


@pytest.mark.parametrize("seq", [1, 2, 3])
@pytest.mark.parametrize("column", CHANGED)
def test_an_altered_column_is_found(column, seq):
    case = make_record()
    value = Person.objects.create(name="李四") if column == "on_behalf_of" else CHANGED[column]
    with lifted():
        AccountEvent.objects.filter(user=case, seq=seq).update(**{column: value})
    assert faults_of(case)


def test_an_event_moved_to_another_case_is_found_in_both():
    one, other = make_record(), make_record()
    with lifted():
        AccountEvent.objects.filter(user=one, seq=3).update(user=other, seq=4)
    assert faults_of(one) and faults_of(other)


@pytest.mark.parametrize(
    "changed",
    [{"status": "LOCKED"}, {"version": 2}, {"version": 4}, {"head_hash": "0" * 64}, {"uuid": uuid4()}],
    ids=lambda changed: next(iter(changed)),
)
def test_an_altered_head_of_a_case_is_found(changed):
    case = make_record()
    User.objects.filter(pk=case.pk).update(**changed)
    assert faults_of(case)


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_removed_event_is_found_though_the_guards_were_lifted(seq):
    case = make_record()
    with lifted():
        AccountEventDetail.objects.filter(event__user=case, event__seq=seq).delete()
        AccountEvent.objects.filter(user=case, seq=seq).delete()
    assert faults_of(case)


def test_a_cut_tail_is_found_even_when_the_state_was_set_back():
    case = make_record()
    last = case.events.get(seq=2)
    with lifted():
        AccountEventDetail.objects.filter(event__user=case, event__seq=3).delete()
        AccountEvent.objects.filter(user=case, seq=3).delete()
    User.objects.filter(pk=case.pk).update(status="LOCKED", head_hash=last.hash)
    assert any("version" in sentence for sentence in faults_of(case))


def test_a_case_without_any_event_is_found():
    case = make_record()
    with lifted():
        AccountEventDetail.objects.filter(event__user=case).delete()
        AccountEvent.objects.filter(user=case).delete()
    User.objects.filter(pk=case.pk).update(version=0, head_hash="")
    assert faults_of(case)


@pytest.mark.parametrize("changed", [{"reason": "别的"}, {"changes": {"days": [1, 3]}}, {"salt": "0" * 32}])
def test_altered_words_are_found(changed):
    case = make_record()
    with lifted():
        AccountEventDetail.objects.filter(event__user=case, event__seq=2).update(**changed)
    assert any("event 2" in sentence for sentence in faults_of(case))


def test_removed_words_are_found():
    case = make_record()
    with lifted():
        AccountEventDetail.objects.filter(event__user=case, event__seq=2).delete()
    assert any("event 2" in sentence for sentence in faults_of(case))


@pytest.mark.parametrize("by", [1, 3, 4])
def test_words_blanked_without_an_act_are_found(by):
    """The database lets a row be blanked once; that an act says so is for the chain to see."""
    case = make_record()
    words = AccountEventDetail.objects.filter(event__user=case, event__seq=2)
    words.update(salt="", reason="", changes={}, redacted_by_seq=by)
    assert any("event 2" in sentence for sentence in faults_of(case))


def test_words_written_into_a_redacted_row_are_found():
    case = lock(make_record())
    engine.redact(case, 2, actor=make_actor(Role.COMMITTEE_STAFF), reason="依本人申请")
    with lifted():
        AccountEventDetail.objects.filter(event__user=case, event__seq=2).update(reason="伪造")
    assert any("event 2" in sentence for sentence in faults_of(case))


def test_a_redaction_is_told_and_is_no_fault():
    case = lock(make_record())
    engine.redact(case, 2, actor=make_actor(Role.COMMITTEE_STAFF), reason="依本人申请")
    found = verification.verify()
    place = f"accounts.User:{case.pk}"
    assert [row for row in found.faults if row["place"] == place] == []
    assert found.redactions == [{"place": place, "sentence": "event 2: redacted by event 4"}]


def test_missing_guards_are_a_fault():
    guards.lift(connection, "accounts_accountevent")
    try:
        faults = [row["sentence"] for row in verification.verify().faults if row["place"] == "guards"]
    finally:
        guards.install_all(connection)
    assert faults and all("accounts_accountevent_no_" in sentence for sentence in faults)


def test_more_cases_cost_no_more_queries_within_a_chunk(all_have_a_record, django_assert_max_num_queries):
    models = len(list(verification.case_models()))
    for _ in range(5):
        make_record()
    with django_assert_max_num_queries(1 + models * 3):
        found = verification.verify()
    assert found.cases >= 5 and found.events >= 15


def test_a_case_acted_on_during_the_check_is_read_again():
    case = make_record()
    as_read_before = User.objects.get(pk=case.pk)
    as_read_before.version, as_read_before.head_hash = 2, case.events.get(seq=2).hash
    assert verification._faults(as_read_before) == []


@pytest.mark.usefixtures("all_have_a_record")
class TestCommand:
    def test_an_untouched_record_ends_well(self):
        make_record()
        out = StringIO()
        call_command("verify_events", stdout=out)
        assert "3 events of 1 cases" in out.getvalue()

    def test_an_altered_record_ends_with_one_and_the_place(self):
        case, err = make_record(), StringIO()
        User.objects.filter(pk=case.pk).update(status="LOCKED")
        with pytest.raises(SystemExit) as ended:
            call_command("verify_events", stdout=StringIO(), stderr=err)
        assert ended.value.code == 1
        assert f"accounts.User:{case.pk}" in err.getvalue()

    def test_for_programs_there_is_nothing_but_one_object(self):
        case, out = make_record(), StringIO()
        call_command("verify_events", "--json", stdout=out)
        assert json.loads(out.getvalue()) == {"ok": True, "cases": 1, "events": 3, "faults": [], "redactions": []}
        User.objects.filter(pk=case.pk).update(head_hash="")
        out = StringIO()
        with pytest.raises(SystemExit):
            call_command("verify_events", "--json", stdout=out)
        told = json.loads(out.getvalue())
        assert told["ok"] is False
        assert [row["place"] for row in told["faults"]] == [f"accounts.User:{case.pk}"]
