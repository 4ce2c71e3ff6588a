"""The form that the organ collected, where two sources differ, and the deputy who says nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.actor import SYSTEM
from accounts.models import How, Role
from suggestions import transitions
from suggestions.models import Evaluation, Rating, Suggestion, Verdict
from suggestions.reports import count
from suggestions.transitions import council
from suggestions.transitions.collected_forms import confirm_form
from tests.factory import make_actor
from tests.suggestions.checks import assert_chain_holds, last, name, running, told
from tests.suggestions.commitment_factory import hand_in
from tests.suggestions.council_factory import paper
from tests.suggestions.factory import TODAY, evaluate, fresh, noon, release, replied, version_of
from tests.suggestions.web import act, act_url, pdf, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed

FORM, CALL, OWN = Evaluation.Source.ORGAN_FORM, Evaluation.Source.CALL_BACK, Evaluation.Source.OWN


def confirm(county, reply, **options):
    """Staff called the lead, who says that it is so."""
    words = {"actor": county.staff, "mandate": county.lead, "number_called": "139", "version": version_of(reply)}
    return confirm_form(reply, **(words | options))


def call_back(county, reply, result):
    """Staff called, and the deputy said this."""
    return evaluate(county, reply, result, actor=county.staff, source=CALL, number_called="139")


def refused(kind, code, perform, *args, **options):
    with pytest.raises(kind) as found:
        perform(*args, **options)
    assert found.value.code == code


def waiting(county, what, actor=None):
    page = signed_in(actor or county.staff).get(reverse("suggestions:list"), {"waits": what})
    return [row.pk for row in page.context["rows"]]


class TestTheOrgansForm:
    def test_it_counts_for_nothing_until_the_committee_has_confirmed_it(self, county):
        reply = replied(county)
        case = reply.assignment.suggestion
        form = hand_in(county, reply)
        assert (form.source, form.counts) == (FORM, False)
        assert not Verdict.objects.exists()
        assert told("suggestion.form_handed_in") == [name(county.staff)]
        assert waiting(county, "form") == [case.pk]
        confirm(county, reply)
        form.refresh_from_db()
        assert (form.counts, form.number_called) == (True, "139")
        assert Verdict.objects.get().value == "SATISFIED"
        event = last(case)
        assert (event.verb, event.on_behalf_of, event.how) == ("confirm_form", county.lead.person, How.TELEPHONE)
        assert waiting(county, "form") == []
        assert_chain_holds(case)

    def test_scenario_36_the_call_back_says_otherwise_and_counts(self, county):
        reply = replied(county)
        hand_in(county, reply)
        call_back(county, reply, Rating.BASICALLY)
        rows = {row.source: (row.result, row.counts) for row in Evaluation.objects.all()}
        assert rows == {FORM: ("SATISFIED", False), CALL: ("BASICALLY", True)}
        assert Verdict.objects.get().value == "BASICALLY"
        refused(Conflict, "no_form", confirm, county, reply)
        page = signed_in(county.staff).get(reverse("suggestions:differences"))
        (row,) = page.context["rows"]
        assert (row.result, row.other.result) == ("SATISFIED", "BASICALLY")
        assert name(county.host) in row.by
        assert name(county.staff) in row.other_by

    def test_the_deputys_own_word_makes_it_needless(self, county):
        reply = replied(county)
        hand_in(county, reply)
        evaluate(county, reply, Rating.DISSATISFIED)
        assert waiting(county, "form") == []
        assert Verdict.objects.get().value == "DISSATISFIED"

    @pytest.mark.parametrize("who", ["co_host", "stranger", "office", "deputy", "liaison", "staff"])
    def test_only_the_host_brings_it(self, county, who):
        refused(NotAllowed, "not_allowed", hand_in, county, replied(county), actor=getattr(county, who))

    @pytest.mark.parametrize("who", ["host", "head", "office", "deputy", "liaison"])
    def test_only_the_committees_staff_confirm_it(self, county, who):
        reply = replied(county)
        hand_in(county, reply)
        refused(NotAllowed, "not_allowed", confirm, county, reply, actor=getattr(county, who))

    def test_it_brings_its_scan_its_deputy_and_its_day(self, county):
        reply = replied(county, co_signers=[])
        refused(Invalid, "scan_missing", hand_in, county, reply, scan=None)
        refused(Invalid, "no_signatory", hand_in, county, reply, mandate=county.second)
        refused(Invalid, "in_future", hand_in, county, reply, on=TODAY + timedelta(1))
        hand_in(county, reply)
        refused(Conflict, "evaluated", hand_in, county, reply)

    def test_the_number_called_is_needed(self, county):
        reply = replied(county)
        hand_in(county, reply)
        refused(Invalid, "number_missing", confirm, county, reply, number_called=" ")

    def test_the_deputy_can_still_judge_although_the_organ_brought_something(self, county):
        reply = replied(county)
        hand_in(county, reply)
        page = signed_in(county.deputy).get(reverse("suggestions:detail", args=[reply.assignment.suggestion_id]))
        assert any("evaluate" in button["url"] for button in page.context["acts"])

    def test_a_letter_delivered_afterwards_still_asks_the_deputy(self, county):
        reply = replied(county)
        hand_in(county, reply)
        words = {"mandate": county.lead, "way": "HAND", "on": TODAY}
        transitions.deliver(reply, actor=county.host, version=version_of(reply), **words)
        assert running(reply.assignment.suggestion) == ["FEEDBACK"]

    def test_by_their_pages(self, county):
        reply = replied(county)
        case, part = reply.assignment.suggestion, reply.assignment
        ticks = {"attitude": "SATISFIED", "result": "SATISFIED"}
        typed = {"mandate": county.lead.pk, "on": str(TODAY), "scan": pdf("征询意见表.pdf"), **ticks}
        act(county.host, case, "hand_in_form", part, **typed)
        page = signed_in(county.staff).get(act_url(case, "confirm_form", part))
        form = Evaluation.objects.get()
        assert reverse("suggestions:signed_form", args=[case.pk, form.pk]) in page.content.decode()
        act(county.staff, case, "confirm_form", part, mandate=county.lead.pk, number_called="139")
        assert Evaluation.objects.get().counts


class TestDifferences:
    def test_where_both_say_the_same_there_is_none(self, county):
        reply = replied(county)
        hand_in(county, reply)
        call_back(county, reply, Rating.SATISFIED)
        assert not Evaluation.objects.differing().exists()

    def test_another_attitude_is_a_difference(self, county):
        reply = replied(county)
        hand_in(county, reply, attitude=Rating.BASICALLY)
        call_back(county, reply, Rating.SATISFIED)
        assert [row.source for row in Evaluation.objects.differing()] == [FORM]

    def test_two_deputies_do_not_differ_from_one_another(self, county):
        reply = replied(county)
        evaluate(county, reply)
        evaluate(county, reply, Rating.DISSATISFIED, actor=county.co_signer, mandate=county.second)
        assert not Evaluation.objects.differing().exists()

    @pytest.mark.parametrize("who", ["host", "office", "deputy", "liaison"])
    def test_they_are_for_the_committee_alone(self, county, who):
        assert signed_in(getattr(county, who)).get(reverse("suggestions:differences")).status_code == 403

    @pytest.mark.parametrize("role", [Role.COMMITTEE_STAFF, Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON])
    def test_the_desks_of_staff_and_chairpersons_lead_there(self, county, role):
        reply = replied(county)
        hand_in(county, reply)
        call_back(county, reply, Rating.BASICALLY)
        page = signed_in(make_actor(role)).get(reverse("supervision:workbench")).content.decode()
        assert reverse("suggestions:differences") in page

    def test_the_list_costs_the_same_however_long(self, county, django_assert_max_num_queries):
        for _row in range(6):
            reply = replied(county)
            hand_in(county, reply)
            call_back(county, reply, Rating.BASICALLY)
        client = signed_in(county.staff)
        with django_assert_max_num_queries(9):
            assert len(client.get(reverse("suggestions:differences")).context["rows"]) == 6


class TestNoFeedback:
    @pytest.fixture
    def silent(self, county):
        """Delivered today; the deputy says nothing. Due in ten days, reminded again three days later."""
        reply = replied(county)
        words = {"mandate": county.lead, "way": "HAND", "on": TODAY}
        transitions.deliver(reply, actor=county.host, version=version_of(reply), **words)
        return reply

    def stage(self, actor, case):
        page = signed_in(actor).get(reverse("suggestions:detail", args=[case.pk]))
        listed = signed_in(actor).get(reverse("suggestions:list")).context["rows"]
        assert page.context["stage"] == listed[0].stage
        return page.context["stage"]

    @pytest.mark.parametrize(("days", "is_silent"), [(10, False), (13, False), (14, True), (40, True)])
    def test_scenario_18_after_the_second_reminder_it_reads_no_feedback(self, county, silent, days, is_silent):
        case = silent.assignment.suggestion
        with noon(TODAY + timedelta(days)):
            assert waiting(county, "no_feedback") == ([case.pk] if is_silent else [])
            words = "no opinion from the deputy yet (not counted in the satisfaction rate)"
            asked = "replied, the deputy is to judge"
            assert self.stage(county.staff, case) == gettext(words if is_silent else asked)
            assert self.stage(county.host, case) == gettext("replied")
            assert self.stage(county.deputy, case) == gettext("an answer has come")

    def test_scenario_18_it_is_counted_as_answered_and_in_no_satisfaction(self, county, silent):
        content = replied(county)
        evaluate(county, content)
        release(county, content.assignment.suggestion)
        with noon(TODAY + timedelta(20)):
            tally = count(SYSTEM, None, TODAY + timedelta(20)).total
            assert (tally["replied"], tally["no_feedback"], tally.judged, tally.content) == (2, 1, 1, 1)

    def test_staff_can_still_call_and_it_is_no_longer_silent(self, county, silent):
        with noon(TODAY + timedelta(20)):
            call_back(county, silent, Rating.BASICALLY)
            assert waiting(county, "no_feedback") == []
            assert waiting(county, "verdict") == [silent.assignment.suggestion_id]

    def test_or_the_council_ends_it_and_it_is_counted_apart(self, county, silent):
        case = fresh(silent.assignment.suggestion)
        with noon(TODAY + timedelta(20)):
            words = {"basis": "NOT_GIVEN", "reason": "多次联系未果。", "paper": paper()}
            council.end_by_resolution(case, actor=county.staff, version=case.version, **words)
        assert (fresh(case).status, fresh(case).closing_basis) == (Suggestion.Status.CLOSED, "NOT_GIVEN")

    def test_an_unconfirmed_form_is_no_opinion(self, county, silent):
        hand_in(county, silent)
        with noon(TODAY + timedelta(20)):
            assert waiting(county, "no_feedback") == [silent.assignment.suggestion_id]

    def test_who_never_got_the_letter_is_not_silent(self, county):
        replied(county)
        with noon(TODAY + timedelta(60)):
            assert waiting(county, "no_feedback") == []
