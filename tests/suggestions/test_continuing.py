"""Who continues a suggestion whose deputy has left office: a co-signer first, else by resolution (scenario 37)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import How, Role
from notifications.models import Notification
from stations.models import Mandate
from suggestions import transitions
from suggestions.models import Continuation, Evaluation, Rating, Suggestion, Verdict
from suggestions.transitions.continuing import continue_with, heirs
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.checks import assert_chain_holds, clock_of, last, name, running, step, told
from tests.suggestions.commitment_factory import confirm, followed, of, report
from tests.suggestions.council_factory import paper
from tests.suggestions.factory import (
    TODAY,
    accepted,
    assigned,
    evaluate,
    fresh,
    judged,
    registered,
    release,
    replied,
    submitted,
    version_of,
)
from tests.suggestions.web import act, act_url, send, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed

DIED = Mandate.EndReason.DIED


def end(mandate, reason=DIED):
    """The deputy is out of office from today."""
    Mandate.objects.filter(pk=mandate.pk).update(ended_on=TODAY, end_reason=reason)
    mandate.refresh_from_db()


def go_on(county, case, mandate=None, **options):
    """Staff name who continues."""
    words = {"actor": county.staff, "version": version_of(case), "mandate": mandate or county.second, "reason": DIED}
    return continue_with(fresh(case), **(words | options))


def refused(kind, code, county, case, *args, **options):
    with pytest.raises(kind) as found:
        go_on(county, case, *args, **options)
    assert found.value.code == code
    assert fresh(case).continued_by is None


def test_scenario_37_the_lead_dies_the_co_signer_continues_and_evaluates_and_the_record_shows_why(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    end(county.lead)
    assert list(Suggestion.objects.without_speaker(TODAY)) == [case]
    go_on(county, case)
    assert list(Suggestion.objects.without_speaker(TODAY)) == []
    found = fresh(case)
    assert (found.lead, found.continued_by, found.speaker_id) == (county.lead, county.second, county.second.pk)
    row = Continuation.objects.get()
    assert (row.before, row.after, row.reason, row.on, row.resolution) == (
        county.lead,
        county.second,
        DIED,
        TODAY,
        None,
    )
    event = last(case)
    assert step(event)[:3] == ("continue_with", "REPLIED", "REPLIED")
    assert event.detail.changes["deputies"] == ["赵大海", "钱小河"]
    assert event.detail.changes["reason"] == "DIED"
    assert told("suggestion.continued") == sorted([name(county.co_signer), name(county.host), name(county.co_host)])
    evaluate(county, reply, Rating.BASICALLY, actor=county.co_signer, mandate=county.second)
    assert Verdict.objects.get().value == "BASICALLY"
    assert release(county, case).status == Suggestion.Status.CLOSED
    assert_chain_holds(case)


def test_the_page_of_the_suggestion_tells_who_continues_and_why(county):
    case = replied(county).assignment.suggestion
    end(county.lead)
    act(county.staff, case, "continue_with", mandate=county.second.pk, reason="DIED", on=str(TODAY))
    page = signed_in(county.staff).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
    facts = page[page.index('class="facts"') :]
    assert "钱小河" in facts[:2000]
    assert "赵大海: " in facts[:3000]


class TestWho:
    @pytest.mark.parametrize("who", ["host", "deputy", "co_signer", "liaison", "office"])
    def test_only_staff_name_who_continues(self, county, who):
        case = accepted(county)
        end(county.lead)
        refused(NotAllowed, "not_allowed", county, case, actor=getattr(county, who))

    def test_whoever_is_in_office_is_not_replaced(self, county):
        refused(Conflict, "in_office", county, accepted(county))

    def test_a_suspended_deputy_is_not_replaced(self, county):
        case = accepted(county)
        Mandate.objects.filter(pk=county.lead.pk).update(suspended_from=TODAY)
        refused(Conflict, "in_office", county, case)
        assert not Suggestion.objects.without_speaker(TODAY).exists()

    def test_anybody_else_continues_only_by_resolution(self, county):
        case = accepted(county)
        end(county.lead)
        other = make_mandate(make_person("孙远山"))
        refused(Invalid, "needs_resolution", county, case, other)
        go_on(county, case, other, paper=paper())
        row = Continuation.objects.get()
        assert (row.after, row.resolution.number) == (other, paper().number)
        assert last(case).how == How.PAPER

    def test_a_deputy_of_another_level_never(self, county):
        case = accepted(county)
        end(county.lead)
        other = make_mandate(make_person("孙远山"), level="TOWNSHIP")
        refused(Invalid, "wrong_level", county, case, other, paper=paper())

    def test_a_co_signer_out_of_office_does_not_either(self, county):
        case = accepted(county)
        end(county.lead)
        end(county.second)
        refused(Invalid, "not_active", county, case)
        assert not heirs(fresh(case)).exists()

    def test_who_continues_may_leave_office_too(self, county):
        third = make_mandate(make_person("孙远山"))
        case = accepted(county, co_signers=[county.second, third])
        end(county.lead)
        go_on(county, case)
        end(county.second, "RESIGNED")
        assert list(Suggestion.objects.without_speaker(TODAY)) == [case]
        go_on(county, case, third, reason="RESIGNED")
        assert [row.before for row in Continuation.objects.all()] == [county.lead, county.second]
        assert fresh(case).continued_by == third

    def test_the_end_of_the_term_leaves_the_same_behind(self, county):
        case = accepted(county)
        term = county.lead.term
        term.is_current = False
        term.save()
        assert list(Suggestion.objects.without_speaker(TODAY)) == [case]

    @pytest.mark.parametrize("build", [submitted, registered, assigned, accepted])
    def test_at_every_open_point_somebody_continues(self, county, build):
        case = build(county)
        end(county.lead)
        go_on(county, case)
        assert fresh(case).continued_by == county.second

    def test_what_has_ended_needs_nobody(self, county):
        case = judged(county)
        end(county.lead)
        refused(Conflict, "wrong_state", county, case)
        assert not Suggestion.objects.without_speaker(TODAY).exists()


class TestFromThenOn:
    @pytest.fixture
    def answered(self, county):
        """Answered; the lead has died, the co-signer continues."""
        reply = replied(county)
        end(county.lead)
        go_on(county, reply.assignment.suggestion)
        reply.assignment.suggestion.refresh_from_db()
        return reply

    def test_the_letter_to_who_continues_starts_the_time_for_the_evaluation(self, county, answered):
        words = {"mandate": county.second, "way": "HAND", "on": TODAY}
        transitions.deliver(answered, actor=county.host, version=version_of(answered), **words)
        assert clock_of(answered.assignment.suggestion, "FEEDBACK").due_on == TODAY + timedelta(10)

    def test_nothing_is_delivered_to_who_is_gone(self, county, answered):
        with pytest.raises(Invalid) as found:
            words = {"mandate": county.lead, "way": "HAND", "on": TODAY}
            transitions.deliver(answered, actor=county.host, version=version_of(answered), **words)
        assert found.value.code == "no_signatory"

    def test_the_next_round_is_told_to_who_continues_and_not_to_who_is_gone(self, county, answered):
        Notification.objects.all().delete()
        evaluate(county, answered, Rating.DISSATISFIED, actor=county.co_signer, mandate=county.second)
        release(county, answered.assignment.suggestion)
        names = told("suggestion.next_round")
        assert name(county.co_signer) in names
        assert name(county.deputy) not in names

    def test_the_commitment_is_confirmed_by_who_continues(self, county):
        row = followed(county)
        end(county.lead)
        go_on(county, of(row))
        report(county, row)
        with pytest.raises(NotAllowed):
            confirm(county, row)
        confirm(county, row, actor=county.co_signer)
        assert of(row).status == Suggestion.Status.CLOSED

    def test_who_did_not_sign_sees_it_from_then_on(self, county):
        case = accepted(county)
        end(county.lead)
        person = make_person("孙远山")
        other = make_mandate(person)
        actor = make_actor(Role.DEPUTY, person=person)
        assert not Suggestion.objects.visible_to(actor).exists()
        go_on(county, case, other, paper=paper())
        assert list(Suggestion.objects.visible_to(actor)) == [case]

    def test_the_first_page_asks_who_continues_what_they_think(self, county, answered):
        page = signed_in(county.co_signer).get(reverse("supervision:workbench"))
        assert page.context["waiting"].title == answered.assignment.suggestion.title


def test_what_the_co_signer_had_said_decides_from_then_on(county):
    reply = replied(county)
    evaluate(county, reply, Rating.DISSATISFIED, actor=county.co_signer, mandate=county.second)
    assert not Verdict.objects.exists()
    end(county.lead)
    go_on(county, reply.assignment.suggestion)
    assert Verdict.objects.get().value == "DISSATISFIED"
    assert running(reply.assignment.suggestion) == ["RELEASE"]


def test_whoever_got_the_letter_already_is_asked_anew(county):
    reply = replied(county)
    for mandate in (county.lead, county.second):
        words = {"mandate": mandate, "way": "HAND", "on": TODAY}
        transitions.deliver(reply, actor=county.host, version=version_of(reply), **words)
    end(county.lead)
    go_on(county, reply.assignment.suggestion)
    asked = clock_of(reply.assignment.suggestion, "FEEDBACK", voided_on=None)
    assert (asked.start_on, asked.due_on) == (TODAY, TODAY + timedelta(10))


def test_a_verdict_that_waits_stays_what_it_is(county):
    reply = replied(county)
    evaluate(county, reply, Rating.SATISFIED)
    end(county.lead)
    go_on(county, reply.assignment.suggestion)
    assert Verdict.objects.get().value == "SATISFIED"
    assert Evaluation.objects.get().mandate == county.lead


class TestPages:
    def test_ending_a_mandate_shows_at_once_what_somebody_has_to_continue(self, county):
        case = accepted(county)
        address = reverse("stations:deputy_act", args=[county.lead.pk, "end"])
        answer = send(county.staff, address, on=str(TODAY), end_reason="DIED", reason="因病去世。")
        page = signed_in(county.staff).get(answer.url).content.decode()
        assert act_url(case, "continue_with") in page

    def test_others_are_not_asked(self, county):
        case = accepted(county)
        end(county.lead)
        page = signed_in(county.host).get(reverse("stations:deputy", args=[county.lead.pk])).content.decode()
        assert act_url(case, "continue_with") not in page

    def test_the_list_names_the_co_signers_and_leads_to_the_act(self, county):
        case = accepted(county)
        end(county.lead)
        page = signed_in(county.staff).get(reverse("suggestions:without_deputy")).content.decode()
        assert act_url(case, "continue_with") in page
        assert "钱小河" in page

    def test_the_desk_of_staff_says_how_many_wait(self, county):
        accepted(county)
        end(county.lead)
        page = signed_in(county.staff).get(reverse("supervision:workbench")).content.decode()
        assert reverse("suggestions:without_deputy") in page

    def test_the_list_costs_the_same_however_long(self, county, django_assert_max_num_queries):
        for _row in range(6):
            accepted(county)
        end(county.lead)
        client = signed_in(county.staff)
        with django_assert_max_num_queries(9):
            assert len(client.get(reverse("suggestions:without_deputy")).context["rows"]) == 6

    def test_without_a_co_signer_the_form_asks_for_the_minutes(self, county):
        case = accepted(county, co_signers=[])
        end(county.lead)
        other = make_mandate(make_person("孙远山"))
        answer = send(county.staff, act_url(case, "continue_with"), other=other.pk, reason="DIED", on=str(TODAY))
        assert answer.status_code == 422
        assert answer.context["form"].errors["number"]
        act(county.staff, case, "continue_with", other=other.pk, reason="DIED", on=str(TODAY), number="纪要7号")
        assert fresh(case).continued_by == other

    def test_a_co_signer_and_another_are_one_too_many(self, county):
        case = accepted(county)
        end(county.lead)
        other = make_mandate(make_person("孙远山"))
        words = {
            "mandate": county.second.pk,
            "other": other.pk,
            "reason": "DIED",
            "number": "纪要7号",
            "on": str(TODAY),
        }
        assert send(county.staff, act_url(case, "continue_with"), **words).status_code == 422
