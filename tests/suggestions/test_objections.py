"""An organ objects to what it was given: in time, by whom, decided by whom, and what becomes of the suggestion (F4)."""

from datetime import date, timedelta

import pytest

from accounts.models import How, Role
from accounts.querysets import acting_for
from suggestions import deadlines
from suggestions.models import Objection, Suggestion
from suggestions.pending import with_objection_to_decide
from suggestions.record import timeline
from suggestions.transitions import Verb, extending
from tests.factory import make_actor, make_organ
from tests.suggestions.checks import assert_chain_holds, clock_of, events, last, name, running, told
from tests.suggestions.council_factory import ask, designate, in_vain, vice
from tests.suggestions.factory import (
    RECEIPT,
    TODAY,
    accepted,
    assigned,
    drafted,
    fresh,
    in_review,
    make_scan,
    noon,
    opinion,
    part_of,
    replied,
    transitions,
    version_of,
)
from tests.suggestions.objection_factory import (
    agreed,
    direct,
    education,
    granted,
    line_up,
    live,
    objected,
    refused,
    reopened,
)
from workflow.calendar import Calendar
from workflow.engine import Conflict, Invalid, NotAllowed, Stale
from workflow.rules import RuleValues

#: Seven working days after Monday, 16 March 2026; the next working day is too late.
LAST, LATE = date(2026, 3, 25), date(2026, 3, 26)


def seen_by(actor, case):
    return Suggestion.objects.visible_to(actor).filter(pk=case.pk).exists()


def school(county):
    """A handler of the organ that gets it."""
    return make_actor(Role.ORGAN_HANDLER, organ=education())


class TestDays:
    def test_the_days_run_from_the_allotment_over_weekends_and_holidays(self):
        assert deadlines.objection_until(TODAY, RuleValues(), Calendar()) == LAST
        eve = date(2026, 4, 30)
        holidays = Calendar({date(2026, 5, day): False for day in range(1, 6)})
        assert deadlines.objection_until(eve, RuleValues(), holidays) == date(2026, 5, 14)

    def test_host_and_co_host_have_the_days_of_the_rule(self, county):
        days = set(assigned(county).assignments.values_list("objection_until", flat=True))
        assert days == {LAST}

    def test_handled_again_nobody_objects(self, county):
        case = in_vain(county, accepted(county))
        part = part_of(case, county.host)
        assert part.objection_until is None
        with pytest.raises(Conflict) as refusal:
            objected(county, case)
        assert refusal.value.code == "later_round"


class TestObjecting:
    def test_the_organ_objects_the_office_hears_and_the_reply_term_runs_on(self, county):
        case = assigned(county)
        objection = objected(county, case)
        part = live(case, county.bureau)
        assert (objection.status, objection.number, part.status) == ("REQUESTED", 1, "OBJECTED")
        event = last(case)
        assert (event.verb, event.part, event.part_to) == ("object", "objection", "REQUESTED")
        assert (event.detail.reason, event.detail.changes["objection"]) == ("学生接送由教育部门负责。", "NOT_OURS")
        assert told("suggestion.object") == [name(county.office)]
        assert clock_of(case, "OBJECTION").due_on == date(2026, 3, 23)
        # nobody signs for what they do not want; what the deputy waits for goes on
        assert running(case) == ["CO_HOST", "OBJECTION", "RECEIPT", "REPLY"]
        assert clock_of(case, "RECEIPT", assignment=part).voided_on == TODAY
        assert_chain_holds(case)

    def test_who_has_signed_for_it_may_still_object(self, county):
        case = accepted(county)
        objected(county, case)
        assert live(case, county.bureau).status == "OBJECTED"

    def test_a_co_host_may_object_too(self, county):
        case = accepted(county)
        objected(county, case, actor=county.co_host)
        assert live(case, county.helper).status == "OBJECTED"

    def test_what_came_straight_is_told_to_staff(self, county):
        objected(county, direct(county))
        assert told("suggestion.object") == [name(county.staff)]

    def test_of_a_direct_hand_over_the_co_hosts_objection_goes_to_staff_as_well(self, county):
        objection = objected(county, direct(county), actor=county.co_host)
        assert told("suggestion.object") == [name(county.staff)]
        assert granted(county, objection, host=county.bureau).status == "GRANTED"

    @pytest.mark.parametrize("who", ["co_host", "office", "staff", "deputy", "stranger"])
    def test_nobody_objects_for_the_organ(self, county, who):
        case = assigned(county)
        with pytest.raises(NotAllowed):
            objected(county, case, part=part_of(case, county.host), actor=getattr(county, who))

    def test_it_says_who_should_handle_it(self, county):
        case = assigned(county)
        for proposed in (None, county.bureau):
            with pytest.raises(Invalid) as refusal:
                objected(county, case, proposed=proposed)
            assert refusal.value.field == "proposed"
        assert objected(county, case, reason="HIGHER_LEVEL", proposed=None).proposed is None

    def test_once_the_reply_is_put_up_for_signature_it_is_too_late(self, county):
        case = in_review(county).assignment.suggestion
        with pytest.raises(Conflict) as refusal:
            objected(county, case)
        assert refusal.value.code == "reply_under_way"

    def test_what_is_answered_is_not_objected_to(self, county):
        case = replied(county).assignment.suggestion
        with pytest.raises(Conflict):
            objected(county, case)

    def test_meanwhile_the_organ_puts_up_no_reply(self, county):
        reply = drafted(county)
        case = reply.assignment.suggestion
        objected(county, case)
        with pytest.raises(Conflict):
            transitions.submit_reply(reply, actor=county.host, version=version_of(case))

    def test_a_page_opened_before_is_stale(self, county):
        case = assigned(county)
        objected(county, case, actor=county.co_host)
        with pytest.raises(Stale):
            objected(county, case, version=case.version)


class TestTooLate:
    """Scenario 9: on the eighth working day it is refused by itself, unless it is let in."""

    def test_on_the_seventh_working_day_it_is_in_time(self, county):
        case = assigned(county)
        with noon(LAST):
            assert objected(county, case).status == "REQUESTED"

    def test_scenario_9_on_the_eighth_it_is_refused_and_says_who_may_let_it_in(self, county):
        case = assigned(county)
        with noon(LATE), pytest.raises(Conflict) as refusal:
            objected(county, case)
        assert refusal.value.code == "too_late"
        assert LAST.isoformat() in refusal.value.sentence
        assert not Objection.objects.exists()

    @pytest.mark.parametrize("who", ["staff", "office"])
    def test_scenario_9_let_in_it_can_be_raised_until_the_day_named(self, county, who):
        case = assigned(county)
        with noon(LATE):
            reopened(county, live(case, county.bureau), actor=getattr(county, who), until=LATE + timedelta(1))
            assert told("suggestion.reopen_objection") == [name(county.host)]
            assert last(case).verb == "reopen_objection"
        with noon(LATE + timedelta(1)):
            assert objected(county, case).status == "REQUESTED"
        assert_chain_holds(case)

    @pytest.mark.parametrize("who", ["host", "co_host", "deputy", "stranger"])
    def test_nobody_else_lets_one_in(self, county, who):
        part = live(assigned(county), county.bureau)
        with noon(LATE), pytest.raises(NotAllowed):
            reopened(county, part, actor=getattr(county, who))

    def test_of_what_came_straight_only_staff_let_one_in(self, county):
        part = live(direct(county), county.bureau)
        with noon(LATE):
            with pytest.raises(NotAllowed):
                reopened(county, part, actor=county.office)
            assert reopened(county, part).objection_until == LATE

    def test_while_the_days_run_none_is_let_in(self, county):
        with pytest.raises(Conflict) as refusal:
            reopened(county, live(assigned(county), county.bureau))
        assert refusal.value.code == "still_open"

    def test_no_day_gone_by_is_named(self, county):
        part = live(assigned(county), county.bureau)
        with noon(LATE), pytest.raises(Invalid) as refusal:
            reopened(county, part, until=LAST)
        assert refusal.value.field == "until"


class TestAgreeing:
    def test_the_office_agrees_first_and_may_name_another(self, county):
        objection = objected(county, assigned(county))
        with pytest.raises(Conflict) as refusal:
            granted(county, objection)
        assert refusal.value.code == "office_first"
        agreed(county, objection, proposed=county.stranger.post.organ)
        assert (objection.status, objection.proposed) == ("OFFICE_AGREED", county.stranger.post.organ)
        assert told("suggestion.agree_objection") == [name(county.staff)]

    def test_the_office_agrees_once(self, county):
        objection = agreed(county, objected(county, assigned(county)))
        with pytest.raises(Conflict):
            agreed(county, objection)

    @pytest.mark.parametrize("who", ["staff", "host", "co_host", "deputy"])
    def test_nobody_agrees_for_the_office(self, county, who):
        objection = objected(county, assigned(county))
        with pytest.raises(NotAllowed):
            agreed(county, objection, actor=getattr(county, who))

    def test_it_waits_for_the_office_then_for_staff(self, county):
        case = assigned(county)
        objection = objected(county, case)

        def waits_for():
            rows = Suggestion.objects.all()
            return [who for who in ("office", "staff") if with_objection_to_decide(rows, getattr(county, who)).exists()]

        assert waits_for() == ["office"]
        agreed(county, objection)
        assert waits_for() == ["staff"]
        refused(county, objection)
        assert waits_for() == []

    def test_what_was_withdrawn_waits_for_nobody(self, county):
        case = direct(county)
        objected(county, case)
        words = {"on": TODAY, "letter": make_scan()}
        transitions.withdraw(case, actor=county.staff, version=version_of(case), **words)
        assert not with_objection_to_decide(Suggestion.objects.all(), county.staff).exists()


class TestGranting:
    def test_another_organ_hosts_with_days_of_its_own_and_the_co_host_stays(self, county):
        case = accepted(county)
        due = clock_of(case, "REPLY").due_on
        objection = agreed(county, objected(county, case))
        with noon(TODAY + timedelta(2)):
            granted(county, objection)
            new = live(case, education())
        assert line_up(case) == {"县教育局": ("HOST", "ASSIGNED"), "县财政局": ("CO_HOST", "ASSIGNED")}
        assert new.objection_until == LAST + timedelta(2)
        assert clock_of(case, "RECEIPT", assignment=new).start_on == TODAY + timedelta(2)
        assert (clock_of(case, "REPLY").due_on, fresh(case).first_handed_over_on) == (due, TODAY)
        assert (objection.status, objection.decision, objection.decided_on) == (
            "GRANTED", "由县教育局办理。", TODAY + timedelta(2),
        )  # fmt: skip
        assert "OBJECTION" not in running(case)
        assert_chain_holds(case)

    def test_what_was_taken_the_organ_no_longer_sees_and_the_new_one_sees_all(self, county):
        case = accepted(county)
        handler = school(county)
        assert seen_by(county.host, case) and not seen_by(handler, case)
        granted(county, agreed(county, objected(county, case)))
        assert seen_by(handler, case) and not seen_by(county.host, case)
        told_now = [row["label"] for row in timeline(fresh(case), handler)]
        assert len(told_now) == len(events(case))
        assert told("suggestion.objection_let_go") == [name(county.host)]
        assert told("suggestion.assigned").count(name(handler)) == 1

    def test_a_withdrawal_afterwards_does_not_give_it_back(self, county):
        case = accepted(county)
        handler = school(county)
        granted(county, agreed(county, objected(county, case)))
        words = {"on": TODAY, "letter": make_scan()}
        transitions.withdraw(case, actor=county.staff, version=version_of(case), **words)
        assert seen_by(handler, case) and seen_by(county.co_host, case)
        assert not seen_by(county.host, case)

    def test_who_asked_for_more_organs_still_sees_it_after_a_withdrawal(self, county):
        case = accepted(county, co_hosts=[])
        objection = objected(county, case, reason="MORE_ORGANS")
        granted(county, agreed(county, objection), host=county.bureau, co_hosts=[education()])
        words = {"on": TODAY, "letter": make_scan()}
        transitions.withdraw(case, actor=county.staff, version=version_of(case), **words)
        assert seen_by(county.host, case)

    def test_deputies_hear_who_handles_it_now(self, county):
        granted(county, agreed(county, objected(county, accepted(county))))
        assert told("suggestion.new_host") == ["赵大海", "钱小河"]

    def test_host_and_co_host_change_places(self, county):
        case = accepted(county)
        objection = agreed(county, objected(county, case, reason="REVERSED", proposed=county.helper))
        granted(county, objection, host=county.helper, co_hosts=[county.bureau])
        assert line_up(case) == {"县财政局": ("HOST", "ASSIGNED"), "县交通运输局": ("CO_HOST", "ASSIGNED")}
        assert seen_by(county.host, case)
        own = clock_of(case, "CO_HOST", voided_on=None)
        assert own.assignment == live(case, county.bureau)

    def test_a_co_host_that_should_host_makes_the_host_help(self, county):
        case = accepted(county)
        objection = objected(county, case, reason="REVERSED", proposed=county.bureau, actor=county.co_host)
        granted(county, agreed(county, objection), host=county.helper)
        assert line_up(case) == {"县财政局": ("HOST", "ASSIGNED"), "县交通运输局": ("CO_HOST", "ASSIGNED")}

    @pytest.mark.parametrize(("build", "state"), [(assigned, "ASSIGNED"), (accepted, "ACCEPTED")])
    def test_with_more_organs_it_goes_on_as_before(self, county, build, state):
        case = build(county, co_hosts=[])
        objection = agreed(county, objected(county, case, reason="MORE_ORGANS"))
        granted(county, objection, host=county.bureau, co_hosts=[education()])
        assert line_up(case) == {"县交通运输局": ("HOST", state), "县教育局": ("CO_HOST", "ASSIGNED")}
        assert running(case).count("RECEIPT") == (2 if state == "ASSIGNED" else 1)
        assert clock_of(case, "CO_HOST").assignment == live(case, education())

    def test_a_co_host_that_leaves_leaves_the_host_alone(self, county):
        case = accepted(county)
        objection = objected(county, case, actor=county.co_host)
        granted(county, agreed(county, objection), host=county.bureau)
        assert line_up(case) == {"县交通运输局": ("SOLE", "ACCEPTED")}
        assert "CO_HOST" not in running(case)

    def test_what_would_change_nothing_is_no_grant(self, county):
        objection = agreed(county, objected(county, assigned(county)))
        with pytest.raises(Invalid) as refusal:
            granted(county, objection, host=county.bureau)
        assert refusal.value.code == "nothing_changes"

    def test_an_organ_is_named_once_and_exists(self, county):
        objection = agreed(county, objected(county, assigned(county)))
        with pytest.raises(Invalid):
            granted(county, objection, co_hosts=[education()])
        closed = make_organ("县粮食局")
        closed.closed_on = TODAY
        with pytest.raises(Invalid):
            granted(county, objection, host=closed)

    def test_a_host_that_objects_as_well_is_decided_on_first(self, county):
        case = assigned(county)
        own = agreed(county, objected(county, case))
        agreed(county, objected(county, case, actor=county.co_host))
        with pytest.raises(Conflict) as refusal:
            granted(county, own, host=county.helper)
        assert refusal.value.code == "objects_too"

    @pytest.mark.parametrize("who", ["host", "office", "deputy", "co_host"])
    def test_nobody_grants_but_staff(self, county, who):
        objection = agreed(county, objected(county, assigned(county)))
        with pytest.raises(NotAllowed):
            granted(county, objection, actor=getattr(county, who))

    def test_it_is_decided_once(self, county):
        objection = agreed(county, objected(county, assigned(county)))
        granted(county, objection)
        with pytest.raises((Conflict, NotAllowed)):
            granted(county, objection)

    def test_the_new_host_handles_and_answers_it_in_the_same_term(self, county):
        case = accepted(county)
        handler = school(county)
        granted(county, agreed(county, objected(county, case)))
        transitions.sign_receipt(live(case, education()), actor=handler, version=version_of(case), **RECEIPT)
        opinion(county, case)
        assert line_up(case) == {"县教育局": ("HOST", "ACCEPTED"), "县财政局": ("CO_HOST", "ANSWERED")}

    def test_what_was_given_on_may_be_objected_to_and_come_back(self, county):
        case = accepted(county)
        handler = school(county)
        granted(county, agreed(county, objected(county, case)))
        words = {"actor": handler, "part": live(case, education()), "proposed": county.bureau}
        second = objected(county, case, **words)
        assert second.number == 2
        granted(county, agreed(county, second), host=county.bureau)
        assert line_up(case)["县交通运输局"] == ("HOST", "ASSIGNED")
        assert case.assignments.filter(acting_for(county.bureau.pk)).count() == 2


class TestKey:
    def test_of_a_key_suggestion_it_needs_the_word_of_whoever_is_in_charge(self, county):
        leader, case = vice(), assigned(county)
        designate(county, case, leader)
        objection = agreed(county, objected(county, case))
        with pytest.raises(Invalid) as refusal:
            granted(county, objection)
        assert refusal.value.field == "agreed_by"
        granted(county, objection, agreed_by=leader.user.person, how=How.TELEPHONE)
        event = next(row for row in reversed(events(case)) if row.verb == "grant_objection")
        assert (event.on_behalf_of, event.how) == (leader.user.person, "TELEPHONE")

    def test_whoever_is_in_charge_grants_in_person(self, county):
        leader, case = vice(), assigned(county)
        designate(county, case, leader)
        objection = agreed(county, objected(county, case))
        assert granted(county, objection, actor=leader).status == "GRANTED"


class TestRefusing:
    @pytest.mark.parametrize(("build", "state"), [(assigned, "ASSIGNED"), (accepted, "ACCEPTED")])
    def test_all_is_as_it_was_and_the_organ_hears_why(self, county, build, state):
        case = build(county)
        objection = refused(county, objected(county, case), actor=county.office)
        assert (objection.status, live(case, county.bureau).status) == ("REFUSED", state)
        assert told("suggestion.refuse_objection") == [name(county.host)]
        signing = case.clocks.running().filter(kind="RECEIPT", assignment=live(case, county.bureau))
        assert signing.exists() == (state == "ASSIGNED")
        assert last(case).detail.reason == "属你局职责。"

    def test_once_agreed_the_office_leaves_it_to_the_committee(self, county):
        objection = agreed(county, objected(county, assigned(county)))
        with pytest.raises(NotAllowed):
            refused(county, objection, actor=county.office)

    def test_refused_once_the_organ_may_object_again_in_its_days(self, county):
        case = assigned(county)
        refused(county, objected(county, case))
        again = objected(county, case)
        assert (again.number, again.status) == (2, "REQUESTED")
        assert running(case).count("OBJECTION") == 1

    def test_who_asks_for_a_later_date_does_not_object_meanwhile(self, county):
        case = accepted(county)
        ask(county, case, date(2026, 9, 16))
        with pytest.raises(Conflict) as refusal:
            objected(county, case)
        assert refusal.value.code == "later_date_asked"

    def test_a_later_date_can_be_asked_for_again_once_it_is_refused(self, county):
        case = accepted(county)
        objection = objected(county, case)
        with pytest.raises(Conflict):
            ask(county, case, date(2026, 9, 16))
        refused(county, objection)
        assert ask(county, case, date(2026, 9, 16)).status == "REQUESTED"
        assert extending.open_extension(live(case, county.bureau)) is not None


class TestPassedRound:
    """Yulin: passed round too often, main leaders sign and a county leader settles it."""

    def twice(self, county):
        case = assigned(county)
        for _time in range(2):
            refused(county, objected(county, case))
        return case

    def test_the_third_time_the_main_leader_signs(self, county):
        case = self.twice(county)
        with pytest.raises(Invalid) as refusal:
            objected(county, case)
        assert refusal.value.field == "signed_by"
        assert objected(county, case, signed_by="郑局长").number == 3

    @pytest.mark.parametrize("decide", [granted, refused])
    def test_the_third_time_a_county_leader_settles_it_and_nobody_objects_any_more(self, county, decide):
        case = self.twice(county)
        objection = agreed(county, objected(county, case, signed_by="郑局长"))
        with pytest.raises(Invalid) as refusal:
            decide(county, objection)
        assert refusal.value.field == "decided_by"
        decide(county, objection, decided_by="陈副县长")
        for part in case.assignments.exclude(status="ENDED"):
            with pytest.raises(Conflict) as refusal:
                who = make_actor(Role.ORGAN_HANDLER, organ=part.organ)
                objected(county, case, part=part, actor=who, proposed=county.stranger.post.organ, signed_by="某局长")
            assert refusal.value.code == "settled"
            with noon(LATE), pytest.raises(Conflict) as refusal:
                reopened(county, part)
            assert refusal.value.code == "settled"


def test_a_deputy_reads_in_the_record_what_became_of_it(county):
    case = accepted(county)
    granted(county, agreed(county, objected(county, case)))
    told_now = [row["label"] for row in timeline(fresh(case), county.deputy)]
    assert "县交通运输局、县财政局 → 县教育局、县财政局" in timeline(fresh(case), county.deputy)[0]["changes"]
    assert told_now[:3] == [Verb.GRANT_OBJECTION.label, Verb.AGREE_OBJECTION.label, Verb.OBJECT.label]
