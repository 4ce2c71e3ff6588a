"""The council of chairpersons: what was answered in vain comes before it, goes on, or ends counted apart."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Resolution
from suggestions import reports
from suggestions.models import Evaluation, Rating, Verdict
from suggestions.transitions import council
from tests.factory import make_actor
from tests.reports.books import by_name, summary, written
from tests.suggestions.checks import assert_chain_holds, clock_of, events, last, name, running, told
from tests.suggestions.council_factory import in_vain, paper, vice
from tests.suggestions.factory import (
    TODAY,
    accepted,
    at_office,
    evaluate,
    fresh,
    judged,
    noon,
    part_of,
    release,
    replied,
    version_of,
)
from tests.suggestions.web import act, act_url, pdf, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed
from workflow.models import RuleSet


def put(county, case, **options):
    words = {"actor": county.staff, "version": version_of(case), "reason": "多次协调未果"}
    return council.put_on_agenda(case, **(words | options))


def go_on(county, case, **options):
    words = {"actor": county.staff, "version": version_of(case), "paper": paper()}
    return council.go_on(case, **(words | options))


def end(county, case, basis="CANNOT_BE_DONE", **options):
    words = {"actor": county.staff, "version": version_of(case), "paper": paper(), "reason": "法律不允许，已说明"}
    return council.end_by_resolution(case, basis=basis, **(words | options))


def twice_in_vain(county):
    return in_vain(county, in_vain(county, accepted(county)))


class TestAgenda:
    def test_after_the_second_answer_in_vain_it_comes_by_itself(self, county):
        """Scenario 17: round 2 had one month, again dissatisfied; the third round runs meanwhile."""
        once = in_vain(county, accepted(county))
        assert (once.agenda_on, once.round) == (None, 2)
        assert clock_of(once, "REPLY", round=2).due_on == date(2026, 4, 16)
        case = in_vain(county, once)
        assert (case.status, case.round, case.agenda_on, case.agenda_round) == ("HANDLING", 3, TODAY, 3)
        assert [event.verb for event in events(case)][-2:] == ["release_verdict", "put_on_agenda"]
        assert (last(case).actor, told("suggestion.put_on_agenda")) == (None, [name(county.staff)])
        assert running(case) == ["CO_HOST", "REPLY"]
        assert_chain_holds(case)

    def test_the_county_chooses_after_how_many(self, county):
        rules = RuleSet.objects.create(valid_from=TODAY - timedelta(1))
        rules.values.create(key="agenda_after_rounds", value=1)
        assert in_vain(county, accepted(county)).agenda_on == TODAY
        rules.values.update(value=3)
        assert twice_in_vain(county).agenda_on is None

    def test_satisfied_in_the_second_round_it_does_not_come(self, county):
        case = in_vain(county, accepted(county))
        evaluate(county, replied(county, case), Rating.SATISFIED)
        assert release(county, case).agenda_on is None

    def test_let_go_on_it_comes_again_after_the_next(self, county):
        case = twice_in_vain(county)
        go_on(county, case)
        assert fresh(case).agenda_on is None
        with noon(TODAY + timedelta(7)):
            assert in_vain(county, case).agenda_on == TODAY + timedelta(7)

    @pytest.mark.parametrize("build", [at_office, accepted])
    def test_staff_or_a_chairperson_put_it_there_at_any_time(self, county, build):
        case = put(county, build(county), actor=vice())
        assert (case.agenda_on, last(case).detail.reason) == (TODAY, "多次协调未果")
        with pytest.raises(Conflict) as refused:
            put(county, case)
        assert refused.value.code == "on_agenda"

    def test_nobody_else_does(self, county):
        case = accepted(county)
        for actor in (county.host, county.deputy, county.office, make_actor(Role.WORKING_BODY)):
            with pytest.raises(NotAllowed):
                put(county, case, actor=actor)

    def test_going_on_is_a_resolution_the_host_hears_of(self, county):
        case = put(county, accepted(county))
        case = go_on(county, case, reason="请分管副县长协调")
        event = last(case)
        assert (case.agenda_on, event.how, event.detail.changes["number"]) == (None, "PAPER", paper().number)
        assert told("suggestion.go_on") == [name(county.host)]
        assert Resolution.objects.get().number == paper().number
        with pytest.raises(Conflict) as refused:
            go_on(county, case)
        assert refused.value.code == "not_on_agenda"


class TestEnd:
    def test_what_the_law_forbids_ends_in_round_three_counted_apart(self, county):
        """Scenario 38."""
        case = end(county, twice_in_vain(county))
        assert (case.status, case.closed_on, case.closing_basis) == ("CLOSED", TODAY, "CANNOT_BE_DONE")
        assert (case.closing_resolution.number, case.agenda_on) == (paper().number, None)
        assert set(case.assignments.filter(round=3).values_list("status", flat=True)) == {"ENDED"}
        assert running(case) == []
        event = last(case)
        assert (event.verb, event.how, event.detail.reason) == ("end_by_resolution", "PAPER", "法律不允许，已说明")
        heard = {name(county.host), name(county.co_host), "赵大海", "钱小河"}
        assert set(told("suggestion.end_by_resolution")) == heard
        assert_chain_holds(case)

    def test_the_organ_still_sees_what_was_ended(self, county):
        case = end(county, twice_in_vain(county))
        page = signed_in(county.host).get(reverse("suggestions:detail", args=[case.pk]))
        assert page.status_code == 200

    def test_it_is_never_counted_as_satisfied(self, county):
        end(county, twice_in_vain(county))
        counts = summary(written(county.staff))
        assert counts["办结"] == counts["其中主任会议决定办结(依法不能办理并已说明)"] == 1
        assert (counts["满意"], counts["基本满意"], counts["不满意"], counts["主办件(已确定主办单位)"]) == (0, 0, 1, 1)
        row = by_name(written(county.staff), "办理台账", "标题")["关于修南门路的建议"]
        assert row["办理进展"] == "已办结"
        assert "主任会议决定办结" in row["备注"]
        total = reports.count(county.staff, None, TODAY).total
        assert (total.content, total["UNDERSTOOD"], total["CANNOT_BE_DONE"]) == (0, 0, 1)

    def test_dissatisfied_and_not_released_the_council_may_end_it(self, county):
        reply = replied(county)
        evaluate(county, reply, Rating.DISSATISFIED)
        case = end(county, reply.assignment.suggestion, "UNDERSTOOD")
        assert case.closing_basis == "UNDERSTOOD"
        assert Verdict.objects.get().released_on == Evaluation.objects.get().released_on == TODAY
        assert clock_of(case, "RELEASE").voided_on == TODAY

    def test_not_given_fits_only_what_nobody_judged(self, county):
        case = replied(county).assignment.suggestion
        assert end(county, case, "NOT_GIVEN").closing_basis == "NOT_GIVEN"
        counts = summary(written(county.staff))
        assert (counts["未反馈"], counts["其中主任会议决定办结(代表未反馈意见)"]) == (1, 1)

    @pytest.mark.parametrize("build", ["vain", "judged"])
    def test_not_given_is_refused_where_somebody_judged(self, county, build):
        if build == "vain":
            case = in_vain(county, accepted(county))
        else:
            reply = replied(county)
            evaluate(county, reply, Rating.DISSATISFIED)
            case = reply.assignment.suggestion
        with pytest.raises(Invalid) as refused:
            end(county, case, "NOT_GIVEN")
        assert (refused.value.field, refused.value.code) == ("basis", "judged")

    def test_a_co_signers_word_is_an_opinion_given(self, county):
        reply = replied(county)
        evaluate(county, reply, actor=county.co_signer, mandate=county.second)
        with pytest.raises(Invalid):
            end(county, reply.assignment.suggestion, "NOT_GIVEN")

    def test_nothing_ends_without_an_answer(self, county):
        with pytest.raises(Conflict) as refused:
            end(county, accepted(county))
        assert refused.value.code == "never_answered"

    def test_what_satisfies_is_released_and_not_ended(self, county):
        reply = replied(county)
        evaluate(county, reply)
        with pytest.raises(Conflict) as refused:
            end(county, reply.assignment.suggestion)
        assert refused.value.code == "verdict_waits"

    @pytest.mark.parametrize("basis", ["SATISFIED", "BASICALLY", "REPORTED", ""])
    def test_no_other_basis(self, county, basis):
        with pytest.raises(Invalid) as refused:
            end(county, in_vain(county, accepted(county)), basis)
        assert refused.value.code == "no_basis"

    def test_a_reason_and_a_paper_are_needed(self, county):
        case = in_vain(county, accepted(county))
        for lacking in ({"reason": " "}, {"paper": paper(on=TODAY + timedelta(1))}):
            with pytest.raises(Invalid):
                end(county, case, **lacking)
        assert fresh(case).status == "HANDLING"

    @pytest.mark.parametrize("who", ["host", "office", "deputy", "liaison"])
    def test_only_the_committee(self, county, who):
        with pytest.raises(NotAllowed):
            end(county, in_vain(county, accepted(county)), actor=getattr(county, who))

    def test_what_is_closed_stays_closed(self, county):
        with pytest.raises(Conflict):
            end(county, judged(county))


class TestPages:
    def test_the_agenda_lists_rounds_and_since_when(self, county, django_assert_max_num_queries):
        case = twice_in_vain(county)
        for number in range(5):
            put(county, at_office(county, title=f"关于供水的建议{number}"))
        client = signed_in(county.staff)
        with django_assert_max_num_queries(26):
            page = client.get(reverse("suggestions:agenda"))
        assert [(row.round, row.vain) for row in page.context["rows"]] == [(3, 2)] + [(1, 0)] * 5
        text = page.content.decode()
        assert act_url(case, "end_by_resolution") in text
        assert "2026-03-16" in text

    def test_what_ended_is_no_longer_there(self, county):
        end(county, twice_in_vain(county))
        page = signed_in(county.staff).get(reverse("suggestions:agenda"))
        assert page.context["rows"] == []
        assert signed_in(county.host).get(reverse("suggestions:agenda")).status_code == 403

    def test_who_only_reads_is_offered_nothing(self, county):
        case = put(county, accepted(county))
        page = signed_in(make_actor(Role.WORKING_BODY)).get(reverse("suggestions:agenda"))
        assert case.number in page.content.decode()
        assert act_url(case, "go_on") not in page.content.decode()

    def test_the_whole_way_by_the_forms(self, county):
        case = in_vain(county, accepted(county))
        act(county.staff, case, "put_on_agenda", reason="群众意见大")
        act(vice(), case, "go_on", number="5号", on="2026-03-16", reason="再办一次")
        page = signed_in(county.staff).get(act_url(case, "end_by_resolution"))
        assert [value for value, _label in page.context["form"].fields["basis"].choices] == [
            "UNDERSTOOD", "CANNOT_BE_DONE",
        ]  # fmt: skip
        ended = {"basis": "UNDERSTOOD", "number": "6号", "on": "2026-03-16", "reason": "代表当面表示理解"}
        act(county.staff, case, "end_by_resolution", scan=pdf("纪要.pdf"), **ended)
        assert fresh(case).closing_resolution.scan is not None
        scan = reverse("deliberations:resolution_scan", args=[fresh(case).closing_resolution_id])
        page = signed_in(county.staff).get(reverse("deliberations:resolutions"))
        assert scan in page.content.decode()
        assert "6号" in page.content.decode()

    def test_why_the_council_studies_it_stays_within_the_committee(self, county):
        case = put(county, accepted(county))
        address = reverse("suggestions:detail", args=[case.pk])
        assert "多次协调未果" in signed_in(county.staff).get(address).content.decode()
        for actor in (county.host, county.deputy):
            assert "多次协调未果" not in signed_in(actor).get(address).content.decode()

    def test_the_page_of_the_case_names_the_minutes(self, county):
        case = end(county, twice_in_vain(county))
        page = signed_in(county.deputy).get(reverse("suggestions:detail", args=[case.pk])).content.decode()
        assert paper().number in page
        assert "法律不允许，已说明" in page

    def test_unjudged_the_form_offers_that_no_opinion_was_given(self, county):
        case = replied(county).assignment.suggestion
        page = signed_in(county.staff).get(act_url(case, "end_by_resolution"))
        assert "NOT_GIVEN" in dict(page.context["form"].fields["basis"].choices)

    def test_the_host_reads_of_the_deputy_only_what_is_known(self, county):
        case = end(county, twice_in_vain(county))
        assert part_of(case, county.host).status == "ENDED"
        assert set(Evaluation.objects.values_list("released_on", flat=True)) == {TODAY}
