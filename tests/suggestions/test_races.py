"""Sixteen contenders, ten rounds: one winner each time, one event, and the others are told that they came too late."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from stations.models import Mandate
from suggestions import transitions
from suggestions.models import (
    Assignment,
    Continuation,
    Evaluation,
    MergeGroup,
    Objection,
    Reply,
    Suggestion,
    SuggestionEvent,
)
from suggestions.transitions import collected_forms, deciding, merging, objecting
from suggestions.transitions.continuing import continue_with
from tests.factory import make_mandate, make_organ, make_person
from tests.suggestions.checks import assert_chain_holds
from tests.suggestions.commitment_factory import confirm, deny, followed, hand_in, of, report
from tests.suggestions.factory import (
    LETTER,
    RECEIPT,
    TODAY,
    assigned,
    evaluate,
    fresh,
    in_review,
    make_county,
    make_scan,
    noon,
    part_of,
    registered,
    replied,
    submitted,
    version_of,
)
from tests.suggestions.objection_factory import agreed, education, objected
from workflow.engine import Conflict, Refused

CONTENDERS, ROUNDS = 16, 10

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd():
    """The small county, made outside of any transaction so that every thread sees it."""
    with noon(TODAY):
        return make_county()


def contend(act, contenders=CONTENDERS):
    """Let all contenders act at the same moment; returns "won", or the kind and code of what each was refused."""
    came_of, start = [], Barrier(contenders)

    def contender(number):
        try:
            with noon(TODAY):
                connection.ensure_connection()
                start.wait()
                act(number)
            came_of.append("won")
        except Refused as refused:
            came_of.append((refused.status, refused.code))
        except Exception as error:  # a thread must not die unseen
            came_of.append(repr(error))
        finally:
            connections.close_all()

    threads = [Thread(target=contender, args=(number,)) for number in range(contenders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_of


def assert_one_winner(came_of):
    """One contender acted; every other was refused with 409."""
    counted = Counter(outcome if outcome == "won" else outcome[0] for outcome in came_of)
    assert counted == {"won": 1, Conflict.status: CONTENDERS - 1}, came_of


def acts_of(case, verb):
    return SuggestionEvent.objects.filter(suggestion=case, verb=verb).count()


def race(prepare, act, verb):
    """All the rounds: a fresh case each, all contenders with the version they all read."""
    for _round in range(ROUNDS):
        with noon(TODAY):
            subject, case = prepare()
        version = version_of(case)
        assert_one_winner(contend(lambda _number, row=subject, seen=version: act(row, seen)))
        assert acts_of(case, verb) == 1
        assert_chain_holds(case)


def again(row):
    """The row as a thread of its own reads it."""
    return type(row).objects.get(pk=row.pk)


def test_receipt_is_signed_by_one(crowd):
    def prepare():
        case = assigned(crowd)
        return part_of(case, crowd.host), case

    def act(part, version):
        transitions.sign_receipt(again(part), actor=crowd.host, version=version, **RECEIPT)

    race(prepare, act, "sign_receipt")
    assert Assignment.objects.filter(status="ACCEPTED").count() == ROUNDS


def test_one_suggestion_is_registered_once(crowd):
    def prepare():
        case = submitted(crowd)
        return case, case

    def act(case, version):
        transitions.register(again(case), actor=crowd.staff, version=version, field=crowd.field, reply_term="NORMAL")

    race(prepare, act, "register")


def test_many_suggestions_registered_at_once_get_numbers_of_their_own(crowd):
    with noon(TODAY):
        cases = [submitted(crowd) for _ in range(CONTENDERS)]

    def act(number):
        case = again(cases[number])
        transitions.register(case, actor=crowd.staff, version=1, field=crowd.field, reply_term="NORMAL")

    assert contend(act) == ["won"] * CONTENDERS
    assert sorted(Suggestion.objects.values_list("serial", flat=True)) == list(range(1, CONTENDERS + 1))


def test_a_letter_is_signed_and_released_once(crowd):
    def prepare():
        reply = in_review(crowd, co_hosts=[])
        return reply, reply.assignment.suggestion

    def act(reply, version):
        letter = LETTER | {"letter_on": TODAY, "scan": make_scan()}
        transitions.sign_reply(again(reply), actor=crowd.host, version=version, **letter)

    race(prepare, act, "sign_reply")
    assert SuggestionEvent.objects.filter(verb="release_reply").count() == ROUNDS
    assert Reply.objects.filter(status="RELEASED").count() == ROUNDS


def test_a_deputy_judges_once(crowd):
    def prepare():
        reply = replied(crowd, co_hosts=[])
        return reply, reply.assignment.suggestion

    def act(reply, version):
        transitions.evaluate(
            again(reply), actor=crowd.deputy, version=version, mandate=crowd.lead, source=Evaluation.Source.OWN,
            attitude="SATISFIED", result="SATISFIED", on=TODAY,
        )  # fmt: skip

    race(prepare, act, "evaluate")
    assert Evaluation.objects.count() == ROUNDS


def test_a_verdict_opens_one_round(crowd):
    def prepare():
        reply = replied(crowd, co_hosts=[])
        evaluate(crowd, reply, "DISSATISFIED")
        return reply.assignment.suggestion, reply.assignment.suggestion

    def act(case, version):
        transitions.release_verdict(again(case), actor=crowd.staff, version=version)

    race(prepare, act, "release_verdict")
    assert set(Suggestion.objects.values_list("round", flat=True)) == {2}
    assert Assignment.objects.filter(round=2).count() == ROUNDS


def test_a_page_of_entry_sent_many_times_at_once_enters_one(crowd):
    key = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    assert contend(lambda _number: submitted(crowd, key=key)) == ["won"] * CONTENDERS
    assert Suggestion.objects.get().events.count() == 1


def test_an_objection_is_raised_once(crowd):
    def prepare():
        case = assigned(crowd)
        return part_of(case, crowd.host), case

    proposed = make_organ("县教育局")

    def act(part, version):
        words = {"reason": "NOT_OURS", "basis": "不属我局职责。", "proposed": proposed}
        objecting.raise_objection(again(part), actor=crowd.host, version=version, **words)

    race(prepare, act, "object")
    assert Objection.objects.count() == ROUNDS


def test_an_objection_is_granted_once(crowd):
    other = make_organ("县教育局")

    def prepare():
        objection = agreed(crowd, objected(crowd, assigned(crowd)))
        return objection, objection.assignment.suggestion

    def act(objection, version):
        words = {"host": other, "decision": "由县教育局办理。"}
        deciding.grant_objection(again(objection), actor=crowd.staff, version=version, **words)

    race(prepare, act, "grant_objection")
    assert Assignment.objects.filter(organ=other).count() == ROUNDS


def test_who_objects_has_not_signed_and_who_signs_has_not_objected(crowd):
    education()
    for _round in range(ROUNDS):
        with noon(TODAY):
            case = assigned(crowd)
            part, version = part_of(case, crowd.host), version_of(case)

        def act(number, part=part, version=version):
            if number % 2:
                transitions.sign_receipt(again(part), actor=crowd.host, version=version, **RECEIPT)
            else:
                objected(crowd, part.suggestion, part=again(part), version=version)

        assert_one_winner(contend(act))
        assert acts_of(case, "object") + acts_of(case, "sign_receipt") == 1
        assert_chain_holds(case)


def test_two_merge_the_same_suggestions_once_whoever_leads(crowd):
    for _round in range(ROUNDS):
        with noon(TODAY):
            cases = [registered(crowd) for _ in range(3)]

        def act(number, cases=cases):
            lead, *others = cases[number % 3 :] + cases[: number % 3]
            merging.merge(lead, actor=crowd.staff, version=lead.version, members=others, reason="同一条路")

        assert_one_winner(contend(act))
        assert {acts_of(case, "merge") for case in cases} == {1}
    assert MergeGroup.objects.count() == ROUNDS


def test_the_last_commitment_is_confirmed_or_denied_once_and_closes_once(crowd):
    for _round in range(ROUNDS):
        with noon(TODAY):
            row = followed(crowd)
            report(crowd, row)
        case, seen = of(row), of(row).version

        def act(number, row=row, seen=seen):
            if number % 2:
                deny(crowd, row, version=seen)
            else:
                confirm(crowd, row, version=seen)

        assert_one_winner(contend(act))
        confirmed = acts_of(case, "confirm_commitment")
        assert confirmed + acts_of(case, "deny_commitment") == 1
        assert acts_of(case, "close_follow_up") == confirmed
        assert fresh(case).status == ("CLOSED" if confirmed else "FOLLOW_UP")
        assert_chain_holds(case)


def test_a_form_is_confirmed_or_contradicted_by_one_call(crowd):
    for _round in range(ROUNDS):
        with noon(TODAY):
            reply = replied(crowd)
            hand_in(crowd, reply)
        case, seen = reply.assignment.suggestion, version_of(reply)

        def act(number, pk=reply.pk, seen=seen):
            row = Reply.objects.select_related("assignment__suggestion").get(pk=pk)
            if number % 2:
                words = {"mandate": crowd.lead, "number_called": "139"}
                collected_forms.confirm_form(row, actor=crowd.staff, version=seen, **words)
            else:
                words = {"mandate": crowd.lead, "source": "CALL_BACK", "number_called": "139", "on": TODAY}
                words |= {"attitude": "SATISFIED", "result": "BASICALLY"}
                transitions.evaluate(row, actor=crowd.staff, version=seen, **words)

        assert_one_winner(contend(act))
        assert Evaluation.objects.filter(reply=reply, counts=True).count() == 1
        assert_chain_holds(case)


def test_one_deputy_continues(crowd):
    with noon(TODAY):
        third = make_mandate(make_person("孙远山"))
        cases = [assigned(crowd, co_signers=[crowd.second, third]) for _ in range(ROUNDS)]
    Mandate.objects.filter(pk=crowd.lead.pk).update(ended_on=TODAY, end_reason="DIED")
    for case in cases:
        seen = version_of(case)

        def act(number, case=case, seen=seen):
            chosen = (crowd.second, third)[number % 2]
            continue_with(fresh(case), actor=crowd.staff, version=seen, mandate=chosen, reason="DIED")

        assert_one_winner(contend(act))
        assert Continuation.objects.filter(suggestion=case).count() == 1
        assert_chain_holds(case)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in at a time, so there is no race to lose"
)
def test_without_the_guard_there_are_doubles(crowd):
    """The control: read, think, write, as if nobody else were there."""
    together = Barrier(CONTENDERS)
    with noon(TODAY):
        case = fresh(assigned(crowd))
    part = part_of(case, crowd.host)

    def naive(_number):
        row = again(part)
        together.wait()
        if row.status == "ASSIGNED":
            row.status = "ACCEPTED"
            row.save()
            return
        raise Conflict("late", "")

    assert contend(naive).count("won") > 1
