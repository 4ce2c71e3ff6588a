"""The deputy's judgement: whose it is, from which source, which one counts, who sees it."""

from datetime import date, timedelta

import pytest

from accounts.models import How, Role
from suggestions.models import Evaluation, Rating, Verdict
from tests.factory import make_actor, make_station
from tests.suggestions.checks import assert_chain_holds, clock_of, last, name, running, step, told
from tests.suggestions.factory import TODAY, evaluate, fresh, make_scan, release, replied
from workflow.engine import Conflict, Invalid, NotAllowed

OWN, SCAN, CALL, FORM = (
    Evaluation.Source.OWN,
    Evaluation.Source.LIAISON_SCAN,
    Evaluation.Source.CALL_BACK,
    Evaluation.Source.ORGAN_FORM,
)


def from_source(county, reply, source, result=Rating.SATISFIED, **options):
    """An evaluation by whoever may enter one from that source, with what it needs."""
    who = {OWN: county.deputy, SCAN: county.liaison, CALL: county.staff, FORM: county.staff}[source]
    needs = {SCAN: {"scan": make_scan()}, FORM: {"scan": make_scan()}, CALL: {"number_called": "0310-521"}}
    return evaluate(county, reply, result, **({"actor": who, "source": source} | needs.get(source, {}) | options))


def counting():
    return [(row.source, row.result) for row in Evaluation.objects.filter(counts=True)]


def test_the_lead_judges_and_a_verdict_waits_to_be_released(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    evaluate(county, reply, Rating.BASICALLY)
    assert step(last(case))[:3] == ("evaluate", "REPLIED", "REPLIED")
    verdict = Verdict.objects.get(suggestion=case, round=1)
    assert (verdict.value, verdict.rule, verdict.released_on) == ("BASICALLY", "lead", None)
    assert clock_of(case, "RELEASE").due_on == date(2026, 3, 19)
    assert told("suggestion.verdict_waits") == [name(county.staff)]
    assert_chain_holds(case)


def test_words_of_a_deputy_stay_out_of_the_record(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED, private_remark="局长没来")
    assert set(last(reply.assignment.suggestion).detail.changes) == {"mandate", "source", "attitude", "result"}


def test_a_co_signers_judgement_is_kept_and_decides_nothing(county):
    reply = replied(county)
    options = {"actor": county.co_signer, "mandate": county.second}
    evaluate(county, reply, Rating.DISSATISFIED, **options)
    assert Evaluation.objects.get().counts
    assert not Verdict.objects.exists()
    assert running(reply.assignment.suggestion) == []


def test_dissatisfied_with_the_attitude_alone_is_dissatisfied_and_told_apart(county):
    reply = replied(county)
    found = evaluate(county, reply, Rating.SATISFIED, attitude=Rating.DISSATISFIED, text="态度生硬")
    assert (found.result, found.attitude) == ("SATISFIED", "DISSATISFIED")
    assert Verdict.objects.get().value == "DISSATISFIED"


@pytest.mark.parametrize("question", ["result", "attitude"])
def test_who_is_dissatisfied_says_why(county, question):
    reply = replied(county)
    with pytest.raises(Invalid) as refused:
        evaluate(county, reply, **({"result": Rating.SATISFIED} | {question: Rating.DISSATISFIED, "text": ""}))
    assert (refused.value.field, refused.value.code) == ("text", "words_missing")


@pytest.mark.parametrize("source", [SCAN, CALL, FORM])
def test_what_others_enter_is_recorded_on_behalf(county, source):
    reply = replied(county)
    from_source(county, reply, source)
    event = last(reply.assignment.suggestion)
    assert event.on_behalf_of == county.lead.person
    assert event.how == (How.TELEPHONE if source == CALL else How.PAPER)


@pytest.mark.parametrize(
    ("source", "lacking", "field"), [(SCAN, "scan", "scan"), (FORM, "scan", "scan"), (CALL, "number_called", None)]
)
def test_each_source_brings_its_proof(county, source, lacking, field):
    reply = replied(county)
    with pytest.raises(Invalid) as refused:
        from_source(county, reply, source, **{lacking: None if lacking == "scan" else ""})
    assert refused.value.field == (field or "number_called")
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("who", ["host", "head", "co_host", "office"])
@pytest.mark.parametrize("source", list(Evaluation.Source))
def test_whoever_is_judged_enters_no_judgement(county, who, source):
    reply = replied(county)
    with pytest.raises(NotAllowed):
        evaluate(county, reply, actor=getattr(county, who), source=source, scan=make_scan(), number_called="1")


def test_a_deputy_judges_for_nobody_else(county):
    reply = replied(county)
    with pytest.raises(NotAllowed):
        evaluate(county, reply, actor=county.co_signer)


def test_staff_do_not_speak_as_the_deputy(county):
    reply = replied(county)
    with pytest.raises(NotAllowed):
        evaluate(county, reply, actor=county.staff)


def test_the_liaison_of_another_station_enters_nothing(county):
    other = make_actor(Role.STATION, station=make_station())
    reply = replied(county)
    with pytest.raises(NotAllowed):
        from_source(county, reply, SCAN, actor=other)


def test_a_former_liaison_enters_nothing(county):
    reply = replied(county)
    county.station.staff.update(until=TODAY - timedelta(days=1))
    with pytest.raises(NotAllowed):
        from_source(county, reply, SCAN)


def test_a_suspended_deputy_is_not_counted(county):
    reply = replied(county)
    county.lead.suspended_from = TODAY
    county.lead.save()
    with pytest.raises(NotAllowed):
        evaluate(county, reply)


def test_who_did_not_sign_does_not_judge(county):
    reply = replied(county, co_signers=[])
    with pytest.raises(NotAllowed):
        evaluate(county, reply, actor=county.co_signer, mandate=county.second)


@pytest.mark.parametrize(
    ("stronger", "weaker"), [(OWN, CALL), (OWN, SCAN), (OWN, FORM), (CALL, SCAN), (CALL, FORM), (SCAN, FORM)]
)
@pytest.mark.parametrize("stronger_first", [True, False])
def test_of_two_sources_the_stronger_counts_whichever_came_first(county, stronger, weaker, stronger_first):
    reply = replied(county)
    results = {stronger: Rating.BASICALLY, weaker: Rating.SATISFIED}
    for source in (stronger, weaker) if stronger_first else (weaker, stronger):
        from_source(county, reply, source, results[source])
    assert Evaluation.objects.count() == 2
    assert counting() == [(stronger, "BASICALLY")]
    assert Verdict.objects.get().value == "BASICALLY"


def test_it_is_judged_once_from_each_source(county):
    reply = replied(county)
    evaluate(county, reply)
    with pytest.raises(Conflict) as refused:
        evaluate(county, reply, Rating.BASICALLY)
    assert refused.value.code == "evaluated"


def test_before_a_reply_there_is_nothing_to_judge(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED)
    release(county, reply.assignment.suggestion)
    with pytest.raises(Conflict):
        from_source(county, reply, CALL)


def test_the_organ_sees_a_judgement_only_once_released(county):
    reply = replied(county)
    evaluate(county, reply)
    for actor in (county.host, county.head, county.co_host, county.office):
        assert not Evaluation.objects.visible_to(actor).exists()
    release(county, reply.assignment.suggestion)
    for actor in (county.host, county.head, county.co_host, county.office):
        assert Evaluation.objects.visible_to(actor).count() == 1
    assert not Evaluation.objects.visible_to(county.stranger).exists()


def test_deputies_see_their_own_and_the_station_its_deputies(county):
    reply = replied(county)
    evaluate(county, reply)
    assert Evaluation.objects.visible_to(county.deputy).count() == 1
    assert Evaluation.objects.visible_to(county.liaison).count() == 1
    assert Evaluation.objects.visible_to(county.staff).count() == 1
    assert not Evaluation.objects.visible_to(county.co_signer).exists()


def test_the_evaluation_meets_the_deputys_clock(county):
    reply = replied(county)
    evaluate(county, reply)
    assert running(fresh(reply.assignment.suggestion)) == ["RELEASE"]
