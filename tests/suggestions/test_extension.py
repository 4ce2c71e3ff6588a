"""A later date for the reply: asked for, agreed, granted; there is no other way to move one."""

from datetime import date, timedelta

import pytest

from accounts.models import How
from suggestions import deadlines
from suggestions.models import Extension, SuggestionClock
from suggestions.transitions import extending, handing
from suggestions.views.catalogue import ACTS
from tests.factory import make_person
from tests.suggestions.checks import assert_chain_holds, clock_of, last, name, told
from tests.suggestions.council_factory import agree, ask, designate, grant, in_vain, vice
from tests.suggestions.factory import (
    RECEIPT,
    TODAY,
    accepted,
    fresh,
    noon,
    part_of,
    registered,
    replied,
    transitions,
    version_of,
)
from tests.suggestions.web import act, act_url, send, signed_in
from workflow.calendar import Calendar
from workflow.engine import Conflict, Invalid, NotAllowed
from workflow.periods import CLAUSES, Deadline, describe, recount
from workflow.rules import RuleValues

#: Three and six months from the hand-over of TODAY, 16 March 2026.
DUE, LATEST = date(2026, 6, 16), date(2026, 9, 16)


def extended(county, case, until=LATEST):
    return grant(county, agree(county, ask(county, case, until)))


def direct(county):
    """Handed over straight to the host, without the government office."""
    case = registered(county)
    handing.hand_over(case, actor=county.staff, version=version_of(case), to=county.bureau, on=TODAY)
    transitions.sign_receipt(part_of(case, county.host), actor=county.host, version=version_of(case), **RECEIPT)
    return fresh(case)


class TestCounting:
    @pytest.mark.parametrize(
        ("handed", "latest"),
        [
            (date(2026, 3, 16), date(2026, 9, 16)),
            (date(2026, 8, 31), date(2027, 2, 28)),
            (date(2027, 8, 30), date(2028, 2, 29)),
            (date(2026, 12, 31), date(2027, 6, 30)),
        ],
    )
    def test_six_months_end_with_the_month(self, handed, latest):
        assert deadlines.latest_reply(handed, RuleValues()) == latest

    def test_a_day_granted_stays_on_its_day_and_says_act_before(self):
        found = deadlines.extended_due(date(2026, 8, 16), DUE, LATEST, Calendar())
        assert (found.due_on, found.act_by) == (date(2026, 8, 16), date(2026, 8, 14))
        assert found.rule == "extension"
        assert [step.code for step in found.trace][-1] == "extended"

    def test_a_new_calendar_still_counts_it(self):
        found = deadlines.extended_due(date(2026, 8, 16), DUE, LATEST, Calendar())
        again = recount(Deadline.steps_from_json(found.as_json()), Calendar())
        assert (again.due_on, again.act_by, again.as_json()) == (found.due_on, found.act_by, found.as_json())

    @pytest.mark.parametrize("day", [DUE, DUE - timedelta(1), LATEST + timedelta(1)])
    def test_not_earlier_and_not_beyond(self, day):
        with pytest.raises(ValueError):
            deadlines.extended_due(day, DUE, LATEST, Calendar())

    def test_the_trace_reads_as_a_sentence(self):
        found = deadlines.extended_due(LATEST, DUE, LATEST, Calendar())
        sentences = [describe(step) for step in found.trace]
        assert str(CLAUSES["extension"]) in sentences[0]
        assert "2026-06-16" in sentences[-1] and "2026-09-16" in sentences[-1]


class TestAsking:
    def test_the_host_asks_and_the_office_hears(self, county):
        case = accepted(county)
        extension = ask(county, case, LATEST)
        assert (extension.status, extension.old_due_on, extension.new_due_on) == ("REQUESTED", DUE, LATEST)
        event = last(case)
        assert (event.verb, event.part, event.part_to) == ("request_extension", "extension", "REQUESTED")
        assert event.detail.reason == "涉及征地"
        assert told("suggestion.request_extension") == [name(county.office)]
        assert clock_of(case, "REPLY").due_on == DUE
        assert_chain_holds(case)

    def test_without_the_office_staff_hear(self, county):
        ask(county, direct(county), LATEST)
        assert told("suggestion.request_extension") == [name(county.staff)]

    @pytest.mark.parametrize("who", ["co_host", "office", "staff", "deputy", "stranger"])
    def test_only_the_host_asks(self, county, who):
        with pytest.raises(NotAllowed):
            ask(county, accepted(county), LATEST, actor=getattr(county, who))

    @pytest.mark.parametrize(
        ("day", "code"), [(DUE, "not_later"), (LATEST + timedelta(1), "beyond_six_months"), (TODAY, "not_later")]
    )
    def test_the_day_is_later_and_within_six_months(self, county, day, code):
        with pytest.raises(Invalid) as refused:
            ask(county, accepted(county), day)
        assert (refused.value.field, refused.value.code) == ("new_due_on", code)

    def test_the_deputy_is_told_first_and_not_in_future(self, county):
        with pytest.raises(Invalid) as refused:
            ask(county, accepted(county), LATEST, explained_on=TODAY + timedelta(1))
        assert refused.value.field == "explained_on"

    def test_one_request_at_a_time(self, county):
        case = accepted(county)
        ask(county, case, LATEST)
        with pytest.raises(Conflict) as refused:
            ask(county, case, LATEST)
        assert refused.value.code == "request_open"

    def test_a_refused_one_may_be_asked_again(self, county):
        case = accepted(county)
        asked = ask(county, case, LATEST)
        extending.refuse_extension(asked, actor=county.staff, version=version_of(case), reason="理由不充分")
        assert ask(county, case, date(2026, 7, 1)).status == "REQUESTED"

    def test_what_has_six_months_gets_no_more(self, county):
        with pytest.raises(Conflict) as refused:
            ask(county, accepted(county, reply_term="COMPLEX"), LATEST + timedelta(1))
        assert refused.value.code == "six_months"

    def test_a_second_extension_beyond_is_impossible(self, county):
        case = accepted(county)
        extended(county, case, date(2026, 8, 3))
        with pytest.raises(Invalid) as refused:
            ask(county, case, LATEST + timedelta(1))
        assert refused.value.code == "beyond_six_months"
        extended(county, case, LATEST)
        with pytest.raises(Conflict) as refused:
            ask(county, case, LATEST + timedelta(1))
        assert refused.value.code == "six_months"

    def test_handled_again_there_is_one_month_and_no_more(self, county):
        case = in_vain(county, accepted(county))
        with pytest.raises(Conflict) as refused:
            ask(county, case, LATEST)
        assert refused.value.code == "later_round"

    def test_once_it_has_passed_the_day_no_longer_moves(self, county):
        case = accepted(county)
        with noon(DUE + timedelta(1)), pytest.raises(Conflict) as refused:
            ask(county, case, LATEST)
        assert refused.value.code == "overdue"


class TestDeciding:
    def test_granted_on_day_85_it_counts_from_the_hand_over(self, county):
        case = accepted(county)
        co_host = clock_of(case, "CO_HOST").due_on
        with noon(TODAY + timedelta(85)):
            granted = extended(county, case)
        limit = clock_of(case, "REPLY")
        assert (limit.due_on, limit.act_by, limit.original_due_on) == (LATEST, LATEST, DUE)
        assert (limit.rule_key, limit.trace[-1]["code"]) == ("extension", "extended")
        assert clock_of(case, "CO_HOST").due_on == co_host
        assert (granted.status, granted.decided_on, granted.agreed_by) == (
            "GRANTED", TODAY + timedelta(85), name(county.staff),
        )  # fmt: skip
        assert last(case).detail.changes["due_on"] == "2026-06-16 → 2026-09-16"
        assert set(told("suggestion.grant_extension")) == {name(county.host), "赵大海", "钱小河"}
        assert_chain_holds(case)

    def test_the_office_agrees_first(self, county):
        case = accepted(county)
        asked = ask(county, case, LATEST)
        with pytest.raises(Conflict) as refused:
            grant(county, asked)
        assert refused.value.code == "office_first"
        with pytest.raises(NotAllowed):
            extending.agree_extension(asked, actor=county.staff, version=version_of(case))
        assert agree(county, asked).status == "OFFICE_AGREED"
        assert name(county.staff) in told("suggestion.agree_extension")
        with pytest.raises(Conflict):
            agree(county, asked)

    def test_what_came_straight_needs_no_office(self, county):
        asked = ask(county, direct(county), LATEST)
        with pytest.raises(NotAllowed):
            agree(county, asked)
        assert grant(county, asked).status == "GRANTED"

    @pytest.mark.parametrize("who", ["host", "head", "office", "deputy", "co_host"])
    def test_nobody_grants_but_staff(self, county, who):
        asked = agree(county, ask(county, accepted(county), LATEST))
        with pytest.raises(NotAllowed):
            grant(county, asked, actor=getattr(county, who))

    def test_refused_the_date_stays_and_the_host_hears_why(self, county):
        case = accepted(county)
        asked = ask(county, case, LATEST)
        extending.refuse_extension(asked, actor=county.office, version=version_of(case), reason="应当按期")
        assert (fresh_status(asked), clock_of(case, "REPLY").due_on) == ("REFUSED", DUE)
        assert told("suggestion.refuse_extension") == [name(county.host)]
        with pytest.raises(Conflict):
            grant(county, asked)

    def test_once_agreed_the_office_leaves_it_to_the_committee(self, county):
        case = accepted(county)
        asked = agree(county, ask(county, case, LATEST))
        with pytest.raises(NotAllowed):
            extending.refuse_extension(asked, actor=county.office, version=version_of(case), reason="反悔")

    def test_an_answer_ends_the_question(self, county):
        case = accepted(county)
        asked = agree(county, ask(county, case, LATEST))
        replied(county, case)
        with pytest.raises(Conflict):
            grant(county, asked)

    def test_a_day_that_has_passed_is_not_granted(self, county):
        case = accepted(county)
        asked = agree(county, ask(county, case, date(2026, 7, 1)))
        with noon(date(2026, 7, 2)), pytest.raises(Conflict) as refused:
            grant(county, asked)
        assert refused.value.code == "day_passed"


class TestKey:
    """Scenario 13: of a key suggestion the deputy chairperson in charge agrees, or the date does not move."""

    def test_staff_alone_cannot(self, county):
        leader, case = vice(), accepted(county)
        designate(county, case, leader)
        asked = agree(county, ask(county, case, LATEST))
        for agreed_by in (None, make_person("别人"), make_person("周副主任")):
            with pytest.raises(Invalid) as refused:
                grant(county, asked, agreed_by=agreed_by, how=How.TELEPHONE)
            assert refused.value.field == "agreed_by"
            assert "周副主任" in refused.value.sentence
        assert clock_of(case, "REPLY").due_on == DUE

    def test_staff_record_the_word(self, county):
        leader, case = vice(), accepted(county)
        designate(county, case, leader)
        asked = agree(county, ask(county, case, LATEST))
        with pytest.raises(Invalid) as refused:
            grant(county, asked, agreed_by=leader.user.person)
        assert refused.value.field == "how"
        granted = grant(county, asked, agreed_by=leader.user.person, how=How.TELEPHONE)
        event = last(case)
        assert (granted.agreed_by, event.on_behalf_of, event.how) == ("周副主任", leader.user.person, "TELEPHONE")
        assert clock_of(case, "REPLY").original_due_on == DUE

    def test_the_leader_grants_in_person_and_another_does_not(self, county):
        leader, case = vice(), accepted(county)
        designate(county, case, leader)
        asked = agree(county, ask(county, case, LATEST))
        with pytest.raises(NotAllowed):
            grant(county, asked, actor=vice("郑副主任"))
        assert grant(county, asked, actor=leader).agreed_by == "周副主任"

    def test_no_form_of_anybody_asks_for_a_due_date(self):
        """Invariant 4: only the host's request names a day for a reply, and it is a request."""
        asking = {
            verb
            for verb, chosen in ACTS.items()
            if {"due_on", "new_due_on", "act_by", "original_due_on", "reply_term"} & set(chosen.form.base_fields)
        }
        assert asking <= {"request_extension", "register"}

    def test_after_registration_nothing_but_a_grant_moves_the_day(self, county):
        case = accepted(county)
        designate(county, case)
        before = list(SuggestionClock.objects.values_list("kind", "due_on", "act_by"))
        field = {
            "field": county.field.pk,
            "title": "新标题",
            "publicity": "NONE",
            "reason": "笔误",
            "due_on": "2027-01-01",
        }
        act(county.staff, case, "correct", **field)
        assert list(SuggestionClock.objects.values_list("kind", "due_on", "act_by")) == before
        assert send_register(county, case) == 409


class TestPages:
    def test_the_whole_way_by_the_forms(self, county):
        case, leader = accepted(county), vice()
        designate(county, case, leader)
        part = part_of(case, county.host)
        act(
            county.host, case, "request_extension", part, new_due_on="2026-09-16", reason="涉及征地",
            measures="已勘测", explained_on="2026-03-16", explained_how="VISIT", signed_by="郑局长",
        )  # fmt: skip
        page = signed_in(county.office).get(act_url(case, "agree_extension", part))
        assert "涉及征地" in page.content.decode()
        act(county.office, case, "agree_extension", part)
        lacking = send(county.staff, act_url(case, "grant_extension", part))
        assert lacking.status_code == 422
        act(
            county.staff, case, "grant_extension", part, agreed_by=leader.user.person_id, how="TELEPHONE",
        )  # fmt: skip
        assert clock_of(case, "REPLY").due_on == LATEST
        assert signed_in(county.host).get(act_url(case, "request_extension", part)).status_code == 409

    def test_refused_by_its_form(self, county):
        case = accepted(county)
        ask(county, case, LATEST)
        act(county.staff, case, "refuse_extension", part_of(case, county.host), reason="理由不充分")
        assert Extension.objects.get().status == "REFUSED"

    def test_the_last_day_is_named(self, county):
        case = accepted(county)
        page = signed_in(county.host).get(act_url(case, "request_extension", part_of(case, county.host)))
        assert "2026年9月16日" in page.content.decode()
        assert page.context["form"]["new_due_on"].value() is None


def fresh_status(extension):
    return Extension.objects.values_list("status", flat=True).get(pk=extension.pk)


def send_register(county, case):
    return signed_in(county.staff).get(act_url(case, "register")).status_code
