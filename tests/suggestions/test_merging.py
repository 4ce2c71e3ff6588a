"""Suggestions that say the same are handled as one case; each keeps number, reply and evaluation (scenario 21)."""

from datetime import timedelta

import pytest

from suggestions.forms.merging import candidates
from suggestions.models import ContactRecord, MergeGroup, ResultClass, Suggestion
from suggestions.pending import with_objection_to_decide
from suggestions.transitions import handing, key, merging
from tests.deliberations.handing import opened
from tests.suggestions.checks import assert_chain_holds, events, last, told
from tests.suggestions.factory import (
    RECEIPT,
    TODAY,
    assigned,
    contact,
    drafted,
    evaluate,
    fresh,
    judged,
    make_scan,
    opinion,
    part_of,
    registered,
    sign,
    transitions,
    version_of,
)
from tests.suggestions.objection_factory import (
    agreed,
    education,
    granted,
    line_up,
    live,
    merged,
    objected,
    refused,
    reopened,
)
from workflow.engine import Conflict, Invalid, NotAllowed, Stale


def handed(county, case, **options):
    words = {"actor": county.staff, "to": county.office.post.organ, "on": TODAY}
    return transitions.hand_over(case, version=version_of(case), **(words | options))


def allotted(county, cases):
    """The group is handed over and allotted by acts on the leading one alone."""
    handed(county, cases[0])
    lead = fresh(cases[0])
    words = {"actor": county.office, "host": county.bureau, "co_hosts": [county.helper]}
    transitions.allot(lead, version=version_of(lead), **words)
    return [fresh(case) for case in cases]


def signed_for(county, cases):
    lead = part_of(cases[0], county.host)
    transitions.sign_receipt(lead, actor=county.host, version=version_of(lead), **RECEIPT)
    return [fresh(case) for case in cases]


def in_hand(county, number=3):
    return signed_for(county, allotted(county, merged(county, number)))


def withdraw(county, case):
    words = {"on": TODAY, "letter": make_scan()}
    transitions.withdraw(case, actor=county.staff, version=version_of(case), **words)


class TestMerging:
    def test_one_act_with_an_event_on_each_and_numbers_of_their_own(self, county):
        cases = merged(county)
        group = MergeGroup.objects.get()
        assert (group.lead, group.since, group.reason) == (cases[0], TODAY, "同一个村的路")
        assert {case.merge_group for case in cases} == {group}
        assert len({case.number for case in cases}) == 3
        assert {last(case).verb for case in cases} == {"merge"}
        assert len({last(case).request_id for case in cases}) == 1
        for case in cases:
            assert_chain_holds(case)

    @pytest.mark.parametrize("who", ["office", "host", "deputy", "liaison"])
    def test_only_staff_merge(self, county, who):
        with pytest.raises(NotAllowed):
            merged(county, actor=getattr(county, who))

    def test_alone_nothing_is_merged(self, county):
        case = registered(county)
        with pytest.raises(Invalid):
            merging.merge(case, actor=county.staff, version=case.version, members=[case], reason="同一条路")

    def test_what_is_merged_handed_over_or_before_the_council_is_named(self, county):
        case, nominated = registered(county), registered(county)
        key.nominate_key(nominated, actor=county.staff, version=version_of(nominated), reason="关系全县。")
        for other in (merged(county)[1], assigned(county), fresh(nominated)):
            with pytest.raises(Conflict) as refusal:
                merging.merge(case, actor=county.staff, version=case.version, members=[other], reason="同一条路")
            assert other.number in refusal.value.sentence
        assert MergeGroup.objects.count() == 1

    def test_a_page_opened_before_is_stale(self, county):
        case, other = registered(county), registered(county)
        key.nominate_key(case, actor=county.staff, version=case.version, reason="关系全县。")
        with pytest.raises(Stale):
            merging.merge(other, actor=county.staff, version=other.version - 1, members=[case], reason="同一条路")

    def test_similar_ones_of_the_same_field_are_offered_first(self, county):
        case = registered(county, title="关于硬化王家渡村三组道路的建议")
        registered(county, title="关于村卫生室配备药品的建议")
        same = registered(county, title="关于硬化王家渡村五组道路的建议")
        assert candidates(fresh(case)).first() == same
        assert case not in candidates(case) and candidates(case).count() == 2

    def test_dissolved_each_is_handled_for_itself_and_the_group_stays_in_the_record(self, county):
        cases = merged(county)
        merging.dissolve(cases[1], actor=county.staff, version=cases[1].version, reason="不是同一条路")
        assert MergeGroup.objects.get().until == TODAY
        assert {fresh(case).merge_group for case in cases} == {None}
        assert {last(case).verb for case in cases} == {"dissolve"}
        handed(county, fresh(cases[1]))
        assert {fresh(case).status for case in cases} == {"REGISTERED", "AT_FORWARDER"}

    def test_once_handed_over_it_is_not_dissolved(self, county):
        cases = allotted(county, merged(county))
        with pytest.raises(Conflict):
            merging.dissolve(cases[0], actor=county.staff, version=cases[0].version, reason="不是同一条路")
        assert MergeGroup.objects.get().until is None


class TestHandledAsOne:
    def test_scenario_21_six_are_six_suggestions_and_one_case(self, county):
        merged(county, 6)
        registered(county)
        assert (Suggestion.objects.count(), Suggestion.objects.cases()) == (7, 2)

    def test_handed_over_allotted_and_signed_for_in_one_act_each(self, county):
        cases = in_hand(county)
        for case in cases:
            assert line_up(case) == {"县交通运输局": ("HOST", "ACCEPTED"), "县财政局": ("CO_HOST", "ASSIGNED")}
            assert [event.verb for event in events(case)][-3:] == ["hand_over", "allot", "sign_receipt"]
            assert_chain_holds(case)
        for place in (-1, -2, -3):
            assert len({events(case)[place].request_id for case in cases}) == 1
        assert len({case.hand_overs.get().slip_no for case in cases}) == 3

    def test_a_contact_and_a_co_hosts_opinion_hold_for_all(self, county):
        cases = in_hand(county)
        contact(county, cases[0], deputy_opinion="先修主街。")
        opinion(county, cases[0])
        told_by = dict(ContactRecord.objects.values_list("assignment__suggestion", "deputy_opinion"))
        assert told_by == {cases[0].pk: "先修主街。", cases[1].pk: "", cases[2].pk: ""}
        assert {line_up(case)["县财政局"] for case in cases} == {("CO_HOST", "ANSWERED")}

    def test_with_another_deputy_one_talks_for_itself(self, county):
        cases = in_hand(county)
        contact(county, cases[1])
        assert ContactRecord.objects.get().assignment.suggestion == cases[1]

    def test_each_has_a_reply_and_an_evaluation_of_its_own(self, county):
        first, second, third = in_hand(county)
        contact(county, first)
        opinion(county, first)
        chosen = ResultClass.objects.get(code="A")
        for case, text in ((first, "主街已修。"), (second, "学校门前已修。")):
            part = live(case, county.bureau)
            words = {"actor": county.host, "result_class": chosen, "body": text}
            reply = transitions.draft_reply(part, version=version_of(case), **words)
            transitions.submit_reply(reply, actor=county.host, version=version_of(case))
            letter = {"doc_no": "1号", "letter_on": TODAY, "signed_by": "郑局长", "scan": make_scan()}
            transitions.sign_reply(reply, actor=county.host, version=version_of(case), **letter)
        evaluate(county, live(first, county.bureau).reply)
        assert [fresh(case).status for case in (first, second, third)] == ["REPLIED", "REPLIED", "HANDLING"]
        assert fresh(first).verdicts.exists() and not fresh(second).verdicts.exists()

    @pytest.mark.parametrize("act", ["hand_over", "allot", "send_back", "sign_receipt", "object", "reopen"])
    def test_on_a_member_alone_it_is_refused_and_the_leading_one_named(self, county, act):
        cases = merged(county)
        if act != "hand_over":
            handed(county, cases[0])
        if act in ("sign_receipt", "object", "reopen"):
            lead = fresh(cases[0])
            transitions.allot(lead, actor=county.office, version=version_of(lead), host=county.bureau)
        case = fresh(cases[1])
        staged = {"version": version_of(case)}
        acts = {
            "hand_over": lambda: handed(county, case),
            "allot": lambda: transitions.allot(case, actor=county.office, host=county.bureau, **staged),
            "send_back": lambda: transitions.send_back(case, actor=county.office, reason="属法院", **staged),
            "sign_receipt": lambda: transitions.sign_receipt(
                live(case, county.bureau), actor=county.host, **staged, **RECEIPT
            ),
            "object": lambda: objected(county, case),
            "reopen": lambda: reopened(county, _late(case, county)),
        }
        with pytest.raises(Conflict) as refusal:
            acts[act]()
        assert refusal.value.code == "handled_together"
        assert cases[0].number in refusal.value.sentence

    def test_at_a_meeting_the_members_go_with_the_leading_one(self, county):
        cases = merged(county)
        single = registered(county)
        meeting = opened(county.staff, held_on=TODAY)
        assert list(handing.waiting_at(meeting)) == [cases[0], single]
        given = transitions.hand_over_many(
            meeting, actor=county.staff, version=meeting.version, suggestions=[cases[0]], to=county.office.post.organ
        )
        assert {row.suggestion for row in given} == set(cases)

    def test_a_member_that_cannot_be_handed_over_stops_all(self, county):
        cases = merged(county)
        key.nominate_key(cases[2], actor=county.staff, version=version_of(cases[2]), reason="关系全县。")
        with pytest.raises(Conflict) as refusal:
            handed(county, cases[0])
        assert cases[2].number in refusal.value.sentence
        assert {fresh(case).status for case in cases} == {"REGISTERED"}

    def test_sent_back_all_come_back(self, county):
        cases = merged(county)
        handed(county, cases[0])
        lead = fresh(cases[0])
        transitions.send_back(lead, actor=county.office, version=version_of(lead), reason="属法院")
        assert {fresh(case).status for case in cases} == {"REGISTERED"}


def _late(case, county):
    part = live(case, county.bureau)
    part.objection_until = TODAY - timedelta(1)
    part.save()
    return part


class TestObjections:
    def test_one_objection_is_raised_and_decided_for_all(self, county):
        cases = in_hand(county)
        objection = agreed(county, objected(county, cases[0]))
        granted(county, objection)
        for case in cases:
            assert line_up(case) == {"县教育局": ("HOST", "ASSIGNED"), "县财政局": ("CO_HOST", "ASSIGNED")}
            assert case.assignments.get(objections__status="GRANTED").organ == county.bureau
            assert_chain_holds(case)

    def test_refused_it_is_refused_for_all(self, county):
        cases = in_hand(county)
        objection = objected(county, cases[0])
        assert {live(case, county.bureau).status for case in cases} == {"OBJECTED"}
        refused(county, objection)
        assert {live(case, county.bureau).status for case in cases} == {"ACCEPTED"}

    def test_it_waits_to_be_decided_once(self, county):
        objected(county, in_hand(county)[0])
        assert with_objection_to_decide(Suggestion.objects.all(), county.office).count() == 1
        assert len(told("suggestion.object")) == 1

    def test_what_is_answered_already_stays_where_it_is(self, county):
        cases = in_hand(county)
        contact(county, cases[0])
        opinion(county, cases[0])
        reply = drafted(county, cases[2])
        transitions.submit_reply(reply, actor=county.host, version=version_of(cases[2]))
        sign(county, reply)
        granted(county, agreed(county, objected(county, cases[0])))
        assert line_up(cases[1])["县教育局"] == ("HOST", "ASSIGNED")
        assert line_up(cases[2])["县交通运输局"] == ("HOST", "ANSWERED")
        assert not cases[2].assignments.filter(organ=education()).exists()


class TestWithdrawing:
    def test_a_member_leaves_and_the_others_go_on(self, county):
        cases = in_hand(county)
        withdraw(county, cases[1])
        assert [fresh(case).merge_group is None for case in cases] == [False, True, False]
        assert MergeGroup.objects.get().lead == cases[0]

    def test_after_the_leading_one_the_next_number_leads(self, county):
        cases = in_hand(county)
        withdraw(county, cases[0])
        group = MergeGroup.objects.get()
        assert (group.lead, group.until) == (cases[1], None)
        assert (last(cases[1]).verb, last(cases[1]).actor) == ("regroup", None)
        contact(county, fresh(cases[1]))
        assert ContactRecord.objects.count() == 2
        assert_chain_holds(cases[1])

    def test_who_is_left_alone_is_handled_alone(self, county):
        cases = in_hand(county, 2)
        withdraw(county, cases[0])
        assert fresh(cases[1]).merge_group is None
        assert MergeGroup.objects.get().until == TODAY
        assert last(cases[1]).verb == "regroup"
        assert Suggestion.objects.filter(status="HANDLING").cases() == 1


def test_closed_and_open_ones_of_a_group_are_one_case(county):
    judged(county)
    merged(county)
    assert Suggestion.objects.cases() == 2
