"""From a suggestion back to the voter's words and forward to the voter's being told (scenario 5)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role
from deliberations.models import Attendance
from suggestions import transitions
from suggestions.models import Extension, Rating, Suggestion
from supervision.models import Card, CardVersion
from tests.deliberations.visiting import NAME, PHONE, told
from tests.factory import make_actor, make_mandate
from tests.suggestions.behind import comes_from, met, promised, said, visited
from tests.suggestions.factory import (
    TODAY,
    contact,
    drafted,
    evaluate,
    fresh,
    judged,
    make_county,
    noon,
    part_of,
    release,
    replied,
    submitted,
    version_of,
)
from tests.suggestions.web import signed_in
from workflow import clock

#: The session, the user and the user's person, which every page of somebody signed in reads.
SIGNED_IN = 3
READERS = ("staff", "office", "host", "co_host", "liaison", "deputy")


@pytest.fixture
def county(db):
    with noon(TODAY):
        yield make_county()


@pytest.fixture
def visit(county):
    return visited(county)


def chain_url(case):
    return reverse("supervision:chain", args=[case.pk])


def page(actor, case):
    answer = signed_in(actor).get(chain_url(case))
    assert answer.status_code == 200
    return answer


def links(answer):
    return [link for part in answer.context["parts"] for link in part.links]


def link(answer, label):
    return next(link for link in links(answer) if str(link.label) == str(_(label)))


def labels(answer):
    return [str(link.label) for link in links(answer)]


def forwarded(county, case, visit):
    comes_from(case, meeting_opinion=said(county, met(county), visit))
    return fresh(case)


def test_one_walks_from_the_closed_suggestion_back_to_the_voter_and_forward_to_the_judgement(county, visit):
    case = forwarded(county, judged(county), visit)
    answer = page(county.staff, case)
    words = visit.opinions.get()
    first = links(answer)[0]
    assert (first.words, first.on) == (words.words, visit.on)
    assert first.url == reverse("deliberations:visit", args=[visit.pk])
    assert county.lead.person.name in first.who
    meeting = link(answer, "deliberation meeting")
    assert meeting.state == _("forwarded")
    assert county.station.name in meeting.who
    assert link(answer, "Registered").on == case.registered_on
    assert county.office.post.organ.name in link(answer, "Handed over").who
    assert link(answer, "Receipt").on == TODAY
    assert link(answer, "Contact with the deputy").words == "一起看了现场。"
    assert link(answer, "Co-host's opinion").words == "资金已安排。"
    assert link(answer, "Reply").state.startswith("A")
    assert link(answer, "Evaluation").code == Rating.SATISFIED
    assert link(answer, "Verdict of the round").on == TODAY
    assert link(answer, "Completed").state == _("satisfied")
    assert not link(answer, "The voter is still to be told").reached


def test_told_the_voter_ends_the_chain(county, visit):
    case = forwarded(county, judged(county), visit)
    assert link(page(county.liaison, case), "The voter is still to be told").act == reverse(
        "suggestions:tell", args=[case.pk, visit.opinions.get().pk]
    )
    told(county, visit)
    end = links(page(county.liaison, case))[-1]
    assert (str(end.label), end.words, end.state) == (_("Voter told"), "下月就修。", _("last word"))


def test_no_reader_finds_the_voters_name_or_number(county, visit):
    case = forwarded(county, judged(county), visit)
    told(county, visit, text=f"{NAME}大姐，路要修了。")
    for who in READERS:
        text = page(getattr(county, who), case).content.decode()
        assert PHONE not in text
        if who not in ("staff", "liaison", "deputy"):
            assert NAME not in text


def test_an_organ_reads_the_words_but_is_led_to_no_page_that_is_not_its_own(county, visit):
    case = forwarded(county, judged(county), visit)
    answer = page(county.host, case)
    first = links(answer)[0]
    assert (first.words, first.url) == (visit.opinions.get().words, "")
    assert link(answer, "deliberation meeting").url == ""
    assert link(answer, "The voter is still to be told").act == ""


def test_an_organ_that_was_at_the_meeting_is_led_to_it(county, visit):
    row = said(county, met(county), visit)
    comes_from(case := judged(county), meeting_opinion=row)
    Attendance.objects.create(meeting=row.meeting, part="ORGAN", organ=county.bureau, name="李局长")
    assert link(page(county.host, case), "deliberation meeting").url
    assert not link(page(county.co_host, case), "deliberation meeting").url


def test_confidential_words_are_left_out_and_that_is_said(county, visit):
    visit.opinions.update(confidential=True)
    case = forwarded(county, judged(county), visit)
    hidden = page(county.host, case)
    assert visit.opinions.get().words not in hidden.content.decode()
    assert hidden.context["parts"][0].left_out
    shown = page(county.liaison, case)
    assert visit.opinions.get().words in shown.content.decode()
    assert not shown.context["parts"][0].left_out


def test_a_promise_that_was_not_kept_stands_between_meeting_and_suggestion(county, visit):
    comes_from(case := submitted(county), promise=promised(county, met(county), visit))
    answer = page(county.staff, case)
    found = labels(answer)
    assert found.index(str(_("Promise on the spot"))) > found.index(str(_("deliberation meeting")))
    assert link(answer, "Promise on the spot").url
    assert county.bureau.name in link(answer, "Promise on the spot").who


def test_a_promise_of_another_is_left_out_and_that_is_said(county, visit):
    comes_from(case := judged(county), promise=promised(county, met(county), visit))
    answer = page(county.co_host, case)
    assert str(_("Promise on the spot")) not in labels(answer)
    assert answer.context["parts"][0].left_out


def test_each_round_is_a_part_of_its_own(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    evaluate(county, reply, Rating.DISSATISFIED)
    release(county, case)
    replied(county, fresh(case))
    headings = [str(part.heading) for part in page(county.deputy, case).context["parts"]]
    assert headings[-2:] == [_("Handling"), str(_("handling no. %(round)d")) % {"round": 2}]


def test_whom_the_reply_reached_stands_in_it(county):
    reply = replied(county)
    way = {"mandate": county.lead, "way": "HAND", "on": TODAY}
    transitions.deliver(reply, actor=county.host, version=version_of(reply), **way)
    delivered = link(page(county.staff, reply.assignment.suggestion), "Delivered")
    assert (delivered.on, delivered.who, delivered.notes) == (TODAY, county.lead.person.name, [_("by hand")])


def test_an_unreleased_reply_is_not_read_ahead(county):
    reply = drafted(county)
    case = reply.assignment.suggestion
    assert str(_("Reply")) not in labels(page(county.deputy, case))
    draft = link(page(county.host, case), "Reply")
    assert (draft.reached, draft.words) == (False, "")


def test_a_verdict_held_back_is_for_the_committee_alone(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED)
    case = reply.assignment.suggestion
    assert link(page(county.staff, case), "Verdict of the round").code == Rating.DISSATISFIED
    for who in ("host", "office", "deputy", "liaison"):
        assert str(_("Verdict of the round")) not in labels(page(getattr(county, who), case))
    assert str(_("Evaluation")) not in labels(page(county.host, case))
    assert link(page(county.deputy, case), "Evaluation").code == Rating.DISSATISFIED


def key(county, case):
    """Made a key suggestion as an old ledger marks one, with its signed card."""
    leader = make_actor(Role.DEPUTY_CHAIRPERSON).user.person
    Suggestion.objects.filter(pk=case.pk).update(is_key=True, supervising_leader=leader, imported_from="ledger.xls")
    card = Card.objects.create(suggestion=case, number="督办〔2026〕01号", leader=leader, created_at=clock.now())
    CardVersion.objects.create(
        card=card, version=1, why_key="事关民生", requirements="年内修通", organ=county.bureau, organ_leader="李局长",
        due_on=TODAY + timedelta(60),
    )  # fmt: skip
    return card


def test_an_unsigned_card_is_for_the_committee(county):
    case = judged(county)
    card = key(county, case)
    label = str(_("Supervision card %(number)s")) % {"number": card.number}
    assert not link(page(county.staff, case), label).reached
    assert label not in labels(page(county.host, case))
    Card.objects.filter(pk=card.pk).update(status="ISSUED")
    card.versions.update(signed_by=card.leader, signed_on=TODAY, issued_on=TODAY, sha256="0" * 64)
    assert link(page(county.host, case), label).on == TODAY
    assert link(page(county.host, case), "Key suggestion").who.startswith(card.leader.name)


def test_an_extension_stands_with_both_dates(county):
    reply = replied(county)
    Extension.objects.create(
        assignment=reply.assignment, status="GRANTED", requested_on=TODAY, old_due_on=TODAY,
        new_due_on=TODAY + timedelta(30), reason="施工许可", measures="已设计", explained_on=TODAY,
        explained_how="VISIT", signed_by="李局长", decided_on=TODAY,
    )  # fmt: skip
    found = link(page(county.deputy, reply.assignment.suggestion), "Later date asked for")
    assert found.notes == [f"{TODAY.isoformat()} → {(TODAY + timedelta(30)).isoformat()}"]
    assert found.code == "GRANTED"


def test_what_came_on_paper_begins_with_the_suggestion(county):
    first = links(page(county.staff, submitted(county)))[0]
    assert first.url == reverse("suggestions:detail", args=[Suggestion.objects.get().pk])


def test_who_does_not_see_the_suggestion_does_not_see_its_chain(county):
    case = judged(county)
    assert signed_in(county.stranger).get(chain_url(case)).status_code == 404


def queries(actor, case):
    client = signed_in(actor)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(chain_url(case)).status_code == 200
    return len(seen) - SIGNED_IN


def test_the_chain_takes_as_many_queries_for_three_rounds_and_many_voices_as_for_one(county, visit):
    reply = replied(county, co_signers=[county.second])
    case = reply.assignment.suggestion
    meeting = met(county)
    comes_from(case, meeting_opinion=said(county, meeting, visit))
    once = {who: queries(getattr(county, who), case) for who in READERS}
    comes_from(case, meeting_opinion=said(county, meeting, visited(county), visited(county)))
    for _round in range(2):
        evaluate(county, reply, Rating.DISSATISFIED)
        release(county, case)
        reply = replied(county, fresh(case))
        contact(county, fresh(case), assignment=part_of(case, county.host))
    case.cosignatures.create(mandate=make_mandate())
    assert {who: queries(getattr(county, who), case) for who in READERS} == once
    assert max(once.values()) <= 20


def test_what_stands_at_its_beginning_leads_to_the_chain(county, visit):
    comes_from(case := submitted(county), opinion=visit.opinions.get())
    url = chain_url(case)
    for page_url in (reverse("suggestions:detail", args=[case.pk]), reverse("deliberations:visit", args=[visit.pk])):
        assert f'href="{url}"' in signed_in(county.liaison).get(page_url).content.decode(), page_url


def test_meeting_and_promise_lead_to_the_chain(county, visit):
    meeting = met(county)
    promise = promised(county, meeting, visit)
    comes_from(case := submitted(county), promise=promise)
    page_url = reverse("deliberations:promise", args=[promise.pk])
    assert f'href="{chain_url(case)}"' in signed_in(county.staff).get(page_url).content.decode()
    row = said(county, meeting, visit)
    comes_from(case := submitted(county), meeting_opinion=row)
    page_url = reverse("deliberations:meeting", args=[row.meeting_id])
    assert f'href="{chain_url(case)}"' in signed_in(county.staff).get(page_url).content.decode()


def test_a_card_leads_to_the_chain(county):
    card = key(county, judged(county))
    page_url = reverse("supervision:card", args=[card.pk])
    assert f'href="{chain_url(card.suggestion)}"' in signed_in(county.staff).get(page_url).content.decode()


def test_a_visit_leads_to_what_became_of_it_at_the_meeting(county, visit):
    meeting = met(county)
    comes_from(through_meeting := submitted(county), meeting_opinion=said(county, meeting, visit))
    page_url = reverse("deliberations:visit", args=[visit.pk])
    assert f'href="{chain_url(through_meeting)}"' in signed_in(county.liaison).get(page_url).content.decode()
    other = visited(county)
    comes_from(by_promise := submitted(county), promise=promised(county, meeting, other))
    page_url = reverse("deliberations:visit", args=[other.pk])
    assert f'href="{chain_url(by_promise)}"' in signed_in(county.liaison).get(page_url).content.decode()
