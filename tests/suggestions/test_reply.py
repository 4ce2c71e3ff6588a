"""The reply letter: drafted, put up, sent back, signed and sealed, delivered."""

from datetime import date, timedelta

import pytest

from accounts.models import Organ
from suggestions import transitions
from suggestions.models import Reply, ResultClass
from suggestions.transitions.replying import content_digest
from tests.suggestions.checks import assert_chain_holds, clock_of, events, last, name, running, step, told
from tests.suggestions.factory import (
    LETTER,
    TODAY,
    accepted,
    contact,
    drafted,
    evaluate,
    fresh,
    in_review,
    noon,
    opinion,
    part_of,
    release,
    replied,
    sign,
    version_of,
)
from workflow.engine import Conflict, Invalid, NotAllowed


def submit(county, reply):
    return transitions.submit_reply(reply, actor=county.host, version=version_of(reply))


def deliver(county, reply, mandate=None, **options):
    words = {"actor": county.host, "way": "HAND", "on": TODAY, "receiver": "赵大海"} | options
    return transitions.deliver(reply, version=version_of(reply), mandate=mandate or county.lead, **words)


def test_the_host_drafts_and_goes_on_with_its_draft(county):
    case = accepted(county)
    reply = drafted(county, case)
    assert step(last(case))[3:] == ("reply", "", "DRAFT")
    again = transitions.draft_reply(
        part_of(case, county.host), actor=county.host, version=version_of(case), body="十月动工。",
        result_class=ResultClass.objects.get(code="B"),
    )  # fmt: skip
    assert again.pk == reply.pk
    reply.refresh_from_db()
    assert (reply.body, reply.result_class.code) == ("十月动工。", "B")
    assert step(last(case))[3:] == ("reply", "DRAFT", "DRAFT")


def test_the_co_host_does_not_answer_the_deputy(county):
    case = accepted(county)
    part = part_of(case, county.co_host)
    with pytest.raises(NotAllowed):
        transitions.draft_reply(part, actor=county.co_host, version=version_of(case), result_class=None, body="")


def test_a_reply_needs_its_class(county):
    case = accepted(county)
    part = part_of(case, county.host)
    reply = transitions.draft_reply(part, actor=county.host, version=version_of(case), result_class=None, body="")
    with pytest.raises(Conflict) as refused:
        submit(county, reply)
    assert refused.value.code == "class_missing"


def test_a_reply_needs_a_contact(county):
    reply = drafted(county)
    opinion(county, reply.assignment.suggestion)
    with pytest.raises(Conflict) as refused:
        submit(county, reply)
    assert refused.value.code == "contact_missing"


def test_a_reply_needs_every_co_hosts_opinion(county):
    reply = drafted(county)
    contact(county, reply.assignment.suggestion)
    with pytest.raises(Conflict) as refused:
        submit(county, reply)
    assert refused.value.code == "opinion_missing"
    assert county.helper.name in refused.value.sentence


def test_a_waived_opinion_no_longer_holds_it_up(county):
    reply = drafted(county)
    case = reply.assignment.suggestion
    contact(county, case)
    part = part_of(case, county.co_host)
    transitions.waive_opinion(part, actor=county.staff, version=version_of(case), waive_reason="超期")
    assert submit(county, reply).status == "REVIEW"


def test_put_up_it_waits_for_its_signature(county):
    reply = in_review(county, co_hosts=[])
    assert step(last(reply.assignment.suggestion))[3:] == ("reply", "DRAFT", "REVIEW")


def test_it_is_taken_back_with_a_reason(county):
    reply = in_review(county)
    transitions.return_reply(reply, actor=county.host, version=version_of(reply), reason="日期有误")
    assert Reply.objects.get().status == "DRAFT"
    assert step(last(reply.assignment.suggestion))[3:] == ("reply", "REVIEW", "DRAFT")
    assert last(reply.assignment.suggestion).detail.reason == "日期有误"


def test_what_is_put_up_is_not_written_on(county):
    case = in_review(county).assignment.suggestion
    with pytest.raises(Conflict):
        drafted(county, case)


def test_signed_it_is_released_in_two_acts(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    signed, released = events(case)[-2:]
    assert step(signed) == ("sign_reply", "HANDLING", "HANDLING", "reply", "REVIEW", "SIGNED")
    assert step(released) == ("release_reply", "HANDLING", "REPLIED", "reply", "SIGNED", "RELEASED")
    reply.refresh_from_db()
    assert (reply.status, reply.released_on, reply.doc_no) == ("RELEASED", TODAY, LETTER["doc_no"])
    assert reply.assignment.status == "ANSWERED"
    assert_chain_holds(case)


def test_its_content_is_sealed_by_a_hash(county):
    reply = Reply.objects.get(pk=replied(county).pk)
    assert reply.sha256 == content_digest(reply)
    reply.body += "。"
    assert reply.sha256 != content_digest(reply)


def test_deputies_and_staff_are_told(county):
    replied(county)
    assert told("suggestion.release_reply") == sorted(["赵大海", "钱小河", name(county.staff)])


def test_the_letters_date_meets_the_clock(county):
    with noon(TODAY + timedelta(days=100)):
        case = replied(county, on=TODAY, received_on=TODAY).assignment.suggestion
    assert clock_of(case, "REPLY").met_on == TODAY + timedelta(days=100)


def test_a_letter_sent_in_time_is_in_time_though_entered_late(county):
    reply = in_review(county)
    with noon(date(2026, 6, 20)):
        sign(county, reply, letter_on=date(2026, 6, 15))
    clock = clock_of(reply.assignment.suggestion, "REPLY")
    assert clock.met_on == date(2026, 6, 15) < clock.due_on


def test_on_paper_the_scan_is_needed(county):
    reply = in_review(county)
    with pytest.raises(Invalid) as refused:
        sign(county, reply, scan=None)
    assert (refused.value.field, refused.value.code) == ("scan", "scan_missing")
    assert Reply.objects.get().status == "REVIEW"


@pytest.mark.parametrize(("days", "code"), [(1, "in_future"), (-1, "too_early")])
def test_a_letter_lies_between_hand_over_and_today(county, days, code):
    reply = in_review(county)
    with pytest.raises(Invalid) as refused:
        sign(county, reply, letter_on=TODAY + timedelta(days=days))
    assert refused.value.code == code


def test_on_line_the_head_signs_and_no_scan_is_needed(county):
    Organ.objects.filter(pk=county.bureau.pk).update(sign_mode="ONLINE")
    reply = in_review(county)
    with pytest.raises(NotAllowed):
        sign(county, reply, scan=None)
    assert sign(county, reply, actor=county.head, scan=None).status == "RELEASED"


def test_a_draft_is_not_signed(county):
    reply = drafted(county)
    with pytest.raises(Conflict):
        sign(county, reply)


def test_delivered_to_the_lead_the_time_for_the_evaluation_begins(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    deliver(county, reply)
    assert step(last(case))[:3] == ("deliver", "REPLIED", "REPLIED")
    assert last(case).detail.changes["mandate"] == str(county.lead.uuid)
    feedback = clock_of(case, "FEEDBACK")
    assert (feedback.start_on, feedback.due_on, feedback.rule_key) == (TODAY, date(2026, 3, 26), "feedback_days")


def test_delivered_to_a_co_signer_no_clock_begins(county):
    reply = replied(county)
    deliver(county, reply, county.second, actor=county.staff)
    assert running(reply.assignment.suggestion) == []


def test_a_reply_already_judged_starts_no_clock_when_it_arrives(county):
    reply = replied(county)
    evaluate(county, reply)
    deliver(county, reply)
    assert running(reply.assignment.suggestion) == ["RELEASE"]


def test_a_copy_may_arrive_after_the_case_is_closed(county):
    reply = replied(county)
    evaluate(county, reply)
    case = release(county, reply.assignment.suggestion)
    deliver(county, reply, county.second)
    assert fresh(case).status == "CLOSED"


def test_it_is_delivered_once_to_each(county):
    reply = replied(county)
    deliver(county, reply)
    with pytest.raises(Conflict) as refused:
        deliver(county, reply)
    assert refused.value.code == "delivered"


def test_it_is_delivered_to_signatories_only(county):
    reply = replied(county, co_signers=[])
    with pytest.raises(Invalid) as refused:
        deliver(county, reply, county.second)
    assert refused.value.code == "no_signatory"


def test_it_does_not_arrive_before_it_was_written(county):
    with pytest.raises(Invalid) as refused:
        deliver(county, replied(county), on=TODAY - timedelta(days=1))
    assert refused.value.code == "too_early"


@pytest.mark.parametrize("who", ["co_host", "office", "deputy", "liaison"])
def test_others_record_no_delivery(county, who):
    reply = replied(county)
    with pytest.raises(NotAllowed):
        deliver(county, reply, actor=getattr(county, who))
