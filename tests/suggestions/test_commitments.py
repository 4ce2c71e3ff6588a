"""What a reply of class B commits the organ to: written, followed, reported, confirmed or denied, struck off."""

from datetime import timedelta

import pytest

from accounts.models import How, Role
from suggestions import transitions
from suggestions.models import Commitment, Rating, ResultClass, Suggestion
from suggestions.transitions import commitments, council
from suggestions.transitions.replying import content_digest
from tests.factory import make_actor
from tests.suggestions.checks import assert_chain_holds, events, last, name, running, step, told
from tests.suggestions.commitment_factory import (
    BY,
    again,
    commitment_of,
    committed,
    committing,
    confirm,
    deny,
    followed,
    line,
    of,
    report,
)
from tests.suggestions.council_factory import paper
from tests.suggestions.factory import (
    TODAY,
    accepted,
    drafted,
    evaluate,
    fresh,
    judged,
    make_scan,
    noon,
    part_of,
    release,
    replied,
    version_of,
)
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

S = Suggestion.Status


def refused(kind, code, act, *args, **options):
    with pytest.raises(kind) as found:
        act(*args, **options)
    assert found.value.code == code


class TestWritten:
    def test_a_draft_of_class_b_without_a_line_is_not_put_up_for_signature(self, county):
        reply = committing(county)
        refused(Conflict, "commitment_missing", transitions.submit_reply, reply, actor=county.host,
                version=version_of(reply))  # fmt: skip

    def test_class_a_needs_none_and_holds_none(self, county):
        case = accepted(county)
        words = {"result_class": ResultClass.objects.get(code="A"), "body": "", "commitments": [line()]}
        reply = transitions.draft_reply(part_of(case, county.host), actor=county.host, version=case.version, **words)
        assert not reply.commitments.exists()

    def test_the_line_is_the_hosts_own_unless_it_names_a_co_host(self, county):
        reply = committing(county, line(), line("拨付资金", organ=county.helper, person="吴局长"))
        assert [(row.text, row.organ, row.due_on) for row in reply.commitments.order_by("pk")] == [
            ("建成南门路人行道", county.bureau, BY), ("拨付资金", county.helper, BY),
        ]  # fmt: skip

    def test_a_draft_written_once_more_holds_the_lines_of_the_last_writing(self, county):
        case = accepted(county)
        committing(county, line(), case=case)
        words = {"result_class": ResultClass.objects.get(code="B"), "body": "", "commitments": [line("建路灯")]}
        transitions.draft_reply(part_of(case, county.host), actor=county.host, version=version_of(case), **words)
        assert Commitment.objects.get().text == "建路灯"

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            (line("  "), "line_incomplete"),
            (line(person=" "), "line_incomplete"),
            (line(due_on=TODAY - timedelta(1)), "line_past"),
        ],
    )
    def test_a_line_says_what_by_when_and_by_whom(self, county, wrong, code):
        refused(Invalid, code, committing, county, wrong)

    def test_an_organ_without_a_part_keeps_nothing(self, county):
        refused(Invalid, "line_of_others", committing, county, line(organ=county.stranger.post.organ))

    def test_the_lines_belong_to_the_hash_of_the_letter(self, county):
        reply = committed(county)
        content = [["建成南门路人行道", "2026-12-31", "李副局长", "县交通运输局"]]
        assert reply.sha256 == content_digest(reply, content) != content_digest(reply)


class TestFollowed:
    @pytest.mark.parametrize("result", [Rating.SATISFIED, Rating.BASICALLY])
    def test_content_with_an_open_commitment_is_followed_up_and_not_closed(self, county, result):
        case = of(followed(county, result=result))
        assert (case.status, case.closing_basis, case.closed_on) == (S.FOLLOW_UP, "", None)
        assert step(last(case))[:3] == ("release_verdict", "REPLIED", "FOLLOW_UP")
        assert running(case) == []
        assert name(county.host) in told("suggestion.follow_up")
        assert name(county.deputy) in told("suggestion.follow_up")
        assert not told("suggestion.closed")

    def test_kept_before_the_verdict_it_closes_at_once(self, county):
        reply = committed(county)
        report(county, commitment_of(reply))
        confirm(county, commitment_of(reply))
        evaluate(county, reply)
        assert release(county, reply.assignment.suggestion).status == S.CLOSED

    def test_class_a_closes_at_once(self, county):
        assert judged(county).status == S.CLOSED

    def test_scenario_20_the_organ_reports_the_deputy_confirms_the_suggestion_is_closed(self, county):
        kept = followed(county, result=Rating.BASICALLY)
        with noon(BY):
            report(county, kept)
            assert told("suggestion.commitment_reported") == sorted([name(county.deputy), name(county.staff)])
            assert of(kept).status == S.FOLLOW_UP
            confirm(county, kept)
        case = of(kept)
        assert (case.status, case.closing_basis, case.closed_on) == (S.CLOSED, Rating.BASICALLY, BY)
        assert (again(kept).status, again(kept).confirmed_on) == ("CONFIRMED", BY)
        confirmed, closed = events(case)[-2:]
        assert confirmed.detail.changes["class"] == ["B", "A"]
        assert step(closed)[:3] == ("close_follow_up", "FOLLOW_UP", "CLOSED")
        assert name(county.host) in told("suggestion.closed")
        assert not Commitment.objects.open().exists()
        assert_chain_holds(case)

    def test_it_closes_only_with_the_last_of_several(self, county):
        first = followed(county, line(), line("建路灯"))
        second = first.reply.commitments.exclude(pk=first.pk).get()
        for commitment, after in ((first, S.FOLLOW_UP), (second, S.CLOSED)):
            report(county, commitment)
            confirm(county, commitment)
            assert of(commitment).status == after
        assert [event.detail.changes.get("class") for event in events(of(first)) if event.verb == "confirm_commitment"] == [
            None, ["B", "A"],
        ]  # fmt: skip

    def test_denied_it_is_open_again_and_organ_and_staff_are_told(self, county):
        row = followed(county)
        report(county, row)
        deny(county, row)
        assert (again(row).status, of(row).status) == ("OPEN", S.FOLLOW_UP)
        assert last(of(row)).detail.reason == "只修了一半。"
        assert told("suggestion.commitment_denied") == sorted([name(county.host), name(county.staff)])
        report(county, row, text="另一半也修好了。")
        confirm(county, row)
        assert of(row).status == S.CLOSED

    def test_dissatisfied_opens_a_round_and_a_new_answer_ends_the_following_of_the_old_one(self, county):
        reply = committed(county)
        evaluate(county, reply, Rating.DISSATISFIED)
        case = release(county, reply.assignment.suggestion)
        old = commitment_of(reply)
        assert (case.status, case.round) == (S.HANDLING, 2)
        assert list(Commitment.objects.open()) == [old]
        replied(county, fresh(case))
        assert list(Commitment.objects.open()) == []
        refused(Conflict, "not_followed", report, county, old)
        evaluate(county, fresh(case).assignments.get(round=2, part="HOST").reply)
        assert release(county, case).status == S.CLOSED

    def test_what_will_never_be_kept_ends_by_resolution(self, county):
        row = followed(county)
        case = of(row)
        words = {"basis": "CANNOT_BE_DONE", "reason": "国家规划调整，路段撤销。", "paper": paper()}
        council.end_by_resolution(case, actor=county.staff, version=case.version, **words)
        assert (of(row).status, of(row).closing_basis) == (S.CLOSED, "CANNOT_BE_DONE")
        assert not Commitment.objects.open().exists()

    def test_withdrawn_nothing_is_followed(self, county):
        case = of(followed(county))
        transitions.withdraw(case, actor=county.staff, version=case.version, on=TODAY, letter=make_scan())
        assert fresh(case).status == S.WITHDRAWN
        assert not Commitment.objects.open().exists()

    def test_what_was_drafted_and_not_sent_off_commits_nobody(self, county):
        reply = committing(county, line())
        assert not Commitment.objects.made().exists()
        refused(Conflict, "not_followed", report, county, commitment_of(reply))


class TestOverdue:
    def test_it_is_overdue_the_day_after(self, county):
        row = followed(county)
        assert not Commitment.objects.overdue(BY).exists()
        assert list(Commitment.objects.overdue(BY + timedelta(1))) == [row]

    def test_staff_record_how_it_stands_and_it_stays_open(self, county):
        row = followed(county)
        with noon(BY + timedelta(1)):
            commitments.note_broken(again(row), actor=county.staff, version=of(row).version, reason="未开工。")
            assert list(Commitment.objects.overdue(BY + timedelta(1))) == [row]
        assert told("suggestion.commitment_broken") == [name(county.host)]
        assert step(last(of(row)))[3:] == ("commitment", "OPEN", "OPEN")

    def test_nothing_is_recorded_before_its_day_is_over(self, county):
        row = followed(county)
        words = {"actor": county.staff, "version": of(row).version, "reason": "未开工。"}
        refused(Conflict, "not_due", commitments.note_broken, again(row), **words)


class TestWho:
    def test_the_co_host_that_keeps_it_reports_too(self, county):
        row = followed(county, line(organ=county.helper))
        assert report(county, row, actor=county.co_host).status == "REPORTED_DONE"

    def test_staff_record_what_the_organ_said_on_the_telephone(self, county):
        row = followed(county)
        refused(Invalid, "how_missing", report, county, row, actor=county.staff)
        report(county, row, actor=county.staff, how=How.TELEPHONE)
        assert last(of(row)).how == How.TELEPHONE

    @pytest.mark.parametrize("who", ["stranger", "co_host", "deputy", "liaison", "office"])
    def test_others_report_nothing(self, county, who):
        refused(NotAllowed, "not_allowed", report, county, followed(county), actor=getattr(county, who))

    @pytest.mark.parametrize("who", ["staff", "liaison"])
    def test_station_and_staff_write_down_what_the_deputy_said(self, county, who):
        row = followed(county)
        report(county, row)
        refused(Invalid, "how_missing", confirm, county, row, actor=getattr(county, who))
        confirm(county, row, actor=getattr(county, who), how=How.PAPER)
        closing = last(of(row))
        assert (closing.on_behalf_of, closing.how) == (county.lead.person, How.PAPER)

    @pytest.mark.parametrize("who", ["host", "head", "co_signer", "office", "stranger"])
    @pytest.mark.parametrize("act", [confirm, deny])
    def test_nobody_else_says_whether_it_was_kept(self, county, who, act):
        row = followed(county)
        report(county, row)
        refused(NotAllowed, "not_allowed", act, county, row, actor=getattr(county, who))

    def test_another_station_says_nothing(self, county):
        row = followed(county)
        report(county, row)
        other = make_actor(Role.STATION)
        refused(NotAllowed, "not_allowed", confirm, county, row, actor=other, how=How.PAPER)

    def test_nothing_is_confirmed_that_was_not_reported(self, county):
        refused(Conflict, "wrong_state", confirm, county, followed(county))

    def test_who_was_faster_wins(self, county):
        row = followed(county)
        before = of(row).version
        report(county, row)
        refused(Stale, "stale", confirm, county, row, version=before)

    @pytest.mark.parametrize(("on", "code"), [(TODAY - timedelta(1), "not_since"), (TODAY + timedelta(1), "not_since")])
    def test_it_was_done_between_the_letter_and_today(self, county, on, code):
        refused(Invalid, code, report, county, followed(county), on=on)

    def test_words_are_needed(self, county):
        row = followed(county)
        refused(Invalid, "words_missing", report, county, row, text=" ")
        report(county, row)
        refused(Invalid, "words_missing", deny, county, row, words=" ")

    def test_the_picture_is_kept_with_the_report(self, county):
        row = followed(county)
        scan = make_scan("照片.jpg")
        report(county, row, picture=scan)
        assert again(row).picture == scan


def test_a_draft_of_class_a_is_as_it_was(county):
    reply = drafted(county)
    assert set(last(reply.assignment.suggestion).detail.changes) == {"class", "body"}
