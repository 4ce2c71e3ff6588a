"""Collecting: what was forwarded becomes a draft, each once, with lead, words and link (D11; scenarios 3, 4, 33)."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse
from django.utils import translation

from accounts.actor import NOBODY, SYSTEM
from accounts.models import Role
from config.celery import app
from deliberations.models import Meeting, MeetingOpinion, Promise
from deliberations.transitions import promises
from notifications import texts
from notifications.models import Notification
from suggestions import gates, tasks
from suggestions.models import Source, Suggestion
from suggestions.sources import sources_of
from suggestions.templatetags.sources import collected_as
from suggestions.transitions import collecting
from suggestions.transitions.collecting import collect, collect_meeting, collect_waiting, proposed_title
from suggestions.views.intake import intake_context
from tests.deliberations.meeting_factory import (
    House,
    closed,
    forwarded,
    meeting_of_twelve,
    opened,
    promised,
    reopened,
    said,
    voter_opinion,
)
from tests.deliberations.visiting import NAME, PHONE, WORDS
from tests.factory import make_actor
from tests.suggestions.checks import assert_chain_holds, last, told
from tests.suggestions.web import send, signed_in
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed


@pytest.fixture
def house(db):
    return House()


def forwarded_one(house, text="建议加宽南门路，两车会不开。", **options):
    """One opinion, forwarded in a meeting that is closed."""
    meeting = opened(house)
    opinion = said(house, meeting, text, **{k: options.pop(k) for k in ("speaker", "basis", "topic") if k in options})
    forwarded(house, opinion, **options)
    closed(house, meeting)
    opinion.refresh_from_db()
    return opinion


def later(days):
    """So many days from now."""
    return clock.at(clock.now() + timedelta(days))


def broken(house):
    """A promise whose day is over is the caller's matter of time; here it is made and its meeting closed."""
    meeting = opened(house)
    promise = promised(house, said(house, meeting, "希望装上路灯，夜里看不见路。"))
    closed(house, meeting)
    return promise


class TestFromAMeeting:
    def test_twelve_opinions_give_four_drafts_and_a_second_run_gives_none(self, house):
        meeting = closed(house, meeting_of_twelve(house))
        assert collect_waiting() == 4
        assert collect_waiting() == 0
        drafts = list(Suggestion.objects.order_by("pk"))
        assert [case.status for case in drafts] == ["DRAFT"] * 4
        assert [case.facts for case in drafts] == [f"意见{number}" for number in range(8, 12)]
        assert set(Source.objects.values_list("meeting_opinion__meeting", flat=True)) == {meeting.pk}
        outcomes = list(meeting.opinions.values_list("outcome", flat=True))
        assert (len(outcomes), outcomes.count("EXPLAINED"), outcomes.count("PROMISED")) == (12, 5, 3)
        assert outcomes.count("FORWARDED") == Suggestion.objects.count()

    def test_the_draft_says_who_leads_what_about_and_from_where(self, house):
        opinion = forwarded_one(house)
        case = collect(actor=house.staff, meeting_opinion=opinion)
        assert (case.title, case.facts) == ("关于加宽南门路的建议", "建议加宽南门路，两车会不开。")
        assert (case.lead, case.raised_by, case.submitted_by) == (house.lead, None, "DEPUTY")
        assert (case.origin, case.cycle, case.field) == ("DELIBERATION", house.cycle, house.field)
        assert (case.recorded_by, case.confirmed_at, case.number) == (house.staff.user, None, "")
        assert case.sources.get().meeting_opinion == opinion
        event = last(case)
        assert (event.verb, event.to_state, event.actor) == ("collect", "DRAFT", house.staff.user)
        of = {"meeting": str(opinion.meeting.uuid), "meeting_opinion": str(opinion.uuid)}
        assert event.detail.changes == {"from": of}
        assert_chain_holds(case)

    def test_a_township_deputys_point_is_led_by_a_county_deputy_and_stays_theirs(self, house):
        opinion = forwarded_one(house, speaker=house.local, county_lead=house.lead)
        case = collect(actor=house.staff, meeting_opinion=opinion)
        assert (case.lead, case.raised_by) == (house.lead, house.local)
        assert told("suggestion.collected") == ["周大爷"]
        assert told("suggestion.taken_up") == ["李乡亲"]
        assert Suggestion.objects.visible_to(house.local_deputy).get() == case

    def test_what_the_committee_submits_asks_and_answers_the_deputy_who_raised_it(self, house):
        opinion = forwarded_one(house, speaker=house.local, way="COMMITTEE")
        case = collect(actor=house.staff, meeting_opinion=opinion)
        assert (case.submitted_by, case.lead, case.raised_by) == ("COMMITTEE", house.local, None)
        assert told("suggestion.collected") == []

    def test_collected_again_it_is_the_suggestion_that_is_there(self, house):
        opinion = forwarded_one(house)
        case = collect(actor=house.staff, meeting_opinion=opinion)
        assert collect(actor=house.staff, meeting_opinion=opinion) == case
        assert collect_meeting(opinion.meeting, actor=house.staff) == []
        assert case.events.count() == 1

    def test_the_way_to_the_township_is_no_suggestion(self, house):
        opinion = forwarded_one(house, way="TOWNSHIP")
        assert collect_waiting() == 0
        with pytest.raises(Conflict) as refused:
            collect(actor=house.staff, meeting_opinion=opinion)
        assert refused.value.code == "not_forwarded"

    def test_nothing_is_collected_before_the_meeting_is_closed(self, house):
        meeting = opened(house)
        opinion = forwarded(house, said(house, meeting))
        assert collect_waiting() == 0
        for act in (
            lambda: collect(actor=house.staff, meeting_opinion=opinion),
            lambda: collect_meeting(meeting, actor=house.staff),
        ):
            with pytest.raises(Conflict) as refused:
                act()
            assert refused.value.code == "not_closed"

    def test_opened_again_and_closed_only_what_is_new_is_collected(self, house):
        opinion = forwarded_one(house)
        assert collect_waiting() == 1
        meeting = reopened(house, opinion.meeting)
        forwarded(house, said(house, meeting, "还有一件"))
        closed(house, meeting)
        assert collect_waiting() == 1
        assert Suggestion.objects.count() == 2

    @pytest.mark.parametrize("who", ["liaison", "deputy", "handler", "presidium"])
    def test_only_staff_and_the_sweep_collect_from_a_meeting(self, house, who):
        opinion = forwarded_one(house)
        actor = getattr(house, who)
        for act in (
            lambda: collect(actor=actor, meeting_opinion=opinion),
            lambda: collect_meeting(opinion.meeting, actor=actor),
            lambda: collect_meeting(opinion.meeting, actor=NOBODY),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert not Suggestion.objects.exists()

    def test_a_source_is_one_suggestions_and_one_thing(self, house):
        case = collect(actor=house.staff, meeting_opinion=forwarded_one(house))
        with pytest.raises(IntegrityError), transaction.atomic():
            Source.objects.create(suggestion=case, meeting_opinion=case.sources.get().meeting_opinion)
        with pytest.raises(IntegrityError), transaction.atomic():
            Source.objects.create(suggestion=case)

    def test_nothing_named_is_a_mistake_of_the_caller(self, house):
        with pytest.raises(TypeError):
            collect(actor=house.staff)


class TestTheSweep:
    def test_it_runs_every_minute(self):
        entry = app.conf.beat_schedule["collect_waiting"]
        assert (entry["task"], entry["schedule"]) == (tasks.collect_waiting.name, 60)

    def test_task_and_command_do_the_same(self, house, capsys):
        closed(house, meeting_of_twelve(house))
        tasks.collect_waiting()
        assert Suggestion.objects.count() == 4
        call_command("collect_opinions", "--json")
        assert capsys.readouterr().out.strip() == '{"collected": 0}'

    def test_the_portal_acts_and_staff_hear_once_per_meeting(self, house):
        meeting = closed(house, meeting_of_twelve(house))
        collect_waiting()
        collect_waiting()
        event = last(Suggestion.objects.first())
        assert (event.actor, event.post) == (None, None)
        row = Notification.objects.get(kind="intake.collected", recipient=house.staff.user)
        assert (row.params["count"], row.url) == (4, reverse("suggestions:intake"))
        with translation.override("en"):
            assert texts.sentence(row) == (
                f"“{meeting.station}”: 4 forwarded opinions became drafts, which wait to be completed."
            )

    def test_that_something_waits_leaves_the_inbox_once_it_is_collected(self, house):
        closed(house, meeting_of_twelve(house))
        waits = Notification.objects.filter(kind="meeting.collect").unread()
        assert waits.count() == 1
        collect_waiting()
        assert waits.count() == 0

    def test_who_clicks_is_not_told_by_the_portal_what_they_did(self, house):
        meeting = closed(house, meeting_of_twelve(house))
        assert len(collect_meeting(meeting, actor=house.staff)) == 4
        assert told("intake.collected") == []
        assert told("suggestion.collected") == ["周大爷"] * 4

    def test_a_meeting_opened_again_meanwhile_is_left_for_the_next_run(self, house, monkeypatch):
        closed(house, meeting_of_twelve(house))

        def refused(*_args, **_kwargs):
            raise Conflict("not_closed", "")

        monkeypatch.setattr(collecting, "collect_meeting", refused)
        assert collect_waiting() == 0
        assert not Suggestion.objects.exists()

    def test_a_whole_meeting_costs_a_fixed_number_of_queries_for_each_draft(self, house, django_assert_max_num_queries):
        meeting = closed(house, meeting_of_twelve(house))
        with django_assert_max_num_queries(12 + 4 * 20):
            collect_meeting(meeting, actor=SYSTEM)

    def test_with_nothing_to_do_it_costs_one_query(self, house, django_assert_max_num_queries):
        with django_assert_max_num_queries(1):
            assert collect_waiting() == 0


class TestFromAPromise:
    def test_on_day_sixteen_one_click_makes_it_a_suggestion_and_keeps_the_link(self, house):
        promise = broken(house)
        with later(16):
            answer = send(house.staff, reverse("suggestions:collect_promise", args=[promise.pk]), lead="周大爷")
        case = Suggestion.objects.get()
        assert (answer.status_code, answer.url) == (302, reverse("suggestions:detail", args=[case.pk]))
        promise.refresh_from_db()
        assert (promise.status, case.sources.get().promise) == ("TAKEN_UP", promise)
        assert (case.title, case.lead, case.cycle) == ("关于装上路灯的建议", house.lead, house.cycle)
        assert case.facts.startswith("希望装上路灯，夜里看不见路。")
        assert "县水务局钱局长当场承诺：换管80米" in case.facts and "至今未兑现" in case.facts

    def test_while_it_can_still_be_kept_it_is_none(self, house):
        promise = broken(house)
        with later(15), pytest.raises(Conflict):
            collect(actor=house.staff, promise=promise)
        with later(15):
            url = reverse("suggestions:collect_promise", args=[promise.pk])
            assert signed_in(house.staff).get(url).status_code == 409
        assert not Suggestion.objects.exists()

    def test_twice_is_once(self, house):
        promise = broken(house)
        with later(16):
            case = collect(actor=house.staff, promise=promise)
            assert collect(actor=house.staff, promise=Promise.objects.get()) == case
        assert (Suggestion.objects.count(), case.events.count()) == (1, 1)

    def test_a_township_deputys_needs_a_county_lead_or_the_committee(self, house):
        meeting = opened(house)
        promise = promised(house, said(house, meeting, "通自来水", speaker=house.local))
        closed(house, meeting)
        with later(16):
            with pytest.raises(Invalid) as refused:
                collect(actor=house.staff, promise=promise)
            assert (refused.value.field, refused.value.code) == ("lead", "missing")
            with pytest.raises(Invalid) as refused:
                collect(actor=house.staff, promise=promise, lead=house.local)
            assert refused.value.code == "wrong_level"
            promise.refresh_from_db()
            assert promise.status == "MADE"
            case = collect(actor=house.staff, promise=promise, lead=house.second)
        assert (case.lead, case.raised_by, case.submitted_by) == (house.second, house.local, "DEPUTY")

    def test_the_committee_may_submit_it(self, house):
        promise = broken(house)
        with later(16):
            promises.declare_not_kept(promise, actor=house.staff, version=promise.version, reason="未装")
            case = collect(actor=house.staff, promise=Promise.objects.get(), by_committee=True)
        assert (case.submitted_by, case.lead) == ("COMMITTEE", house.lead)

    @pytest.mark.parametrize("who", ["liaison", "deputy", "handler"])
    def test_only_staff_do_it(self, house, who):
        promise = broken(house)
        with later(16), pytest.raises(NotAllowed):
            collect(actor=getattr(house, who), promise=promise)
        with later(16):
            url = reverse("suggestions:collect_promise", args=[promise.pk])
            assert signed_in(getattr(house, who)).get(url).status_code == 403


class TestFromAVoter:
    def said_at_home(self, house, **options):
        """What a voter said, to become a suggestion."""
        opinion = {"route": "SUGGESTION"} | options.pop("opinion", {})
        return voter_opinion(house, opinion=opinion, **options)

    def test_the_county_deputy_who_went_collects_it_and_leads(self, house):
        opinion = self.said_at_home(house)
        answer = send(house.deputy, reverse("suggestions:collect_opinion", args=[opinion.pk]))
        case = Suggestion.objects.get()
        assert answer.url == reverse("suggestions:detail", args=[case.pk])
        assert (case.lead, case.origin, case.sources.get().opinion) == (house.lead, "VISIT", opinion)
        assert told("suggestion.collected") == []

    def test_the_voters_words_name_and_number_are_not_copied(self, house):
        case = collect(actor=house.liaison, opinion=self.said_at_home(house))
        assert (case.facts, case.is_incomplete) == ("", True)
        kept = f"{case.title}{case.search_text}{last(case).detail.changes}{list(Notification.objects.values_list('params'))}"
        assert not any(word in kept for word in (WORDS, NAME, PHONE))
        assert case.title == "关于农村供水的建议" or case.title == f"关于{house.field}问题的建议"
        assert told("suggestion.collected") == ["周大爷"]

    def test_a_liaison_names_another_county_deputy_whose_point_it_then_is_not(self, house):
        opinion = self.said_at_home(house)
        url = reverse("suggestions:collect_opinion", args=[opinion.pk])
        assert send(house.liaison, url, lead="王秀兰").status_code == 302
        case = Suggestion.objects.get()
        assert (case.lead, case.raised_by) == (house.second, house.lead)

    def test_a_liaison_cannot_say_that_the_committee_submits(self, house):
        opinion = self.said_at_home(house)
        with pytest.raises(NotAllowed):
            collect(actor=house.liaison, opinion=opinion, by_committee=True)
        page = signed_in(house.liaison).get(reverse("suggestions:collect_opinion", args=[opinion.pk]))
        assert list(page.context["form"].fields) == ["lead"]

    def test_a_deputy_leads_what_they_collect(self, house):
        opinion = self.said_at_home(house)
        with pytest.raises(NotAllowed):
            collect(actor=house.deputy, opinion=opinion, lead=house.second)

    def test_a_township_deputy_asks_the_station(self, house):
        opinion = self.said_at_home(house, deputies=[house.local])
        with pytest.raises(NotAllowed):
            collect(actor=house.local_deputy, opinion=opinion)
        with pytest.raises(Invalid):
            collect(actor=house.liaison, opinion=opinion)
        case = collect(actor=house.liaison, opinion=opinion, lead=house.lead)
        assert case.raised_by == house.local

    @pytest.mark.parametrize("route", ["TO_MEETING", "TOWNSHIP", "VILLAGE"])
    def test_another_way_is_another_way(self, house, route):
        with pytest.raises(Conflict) as refused:
            collect(actor=house.liaison, opinion=voter_opinion(house, opinion={"route": route}))
        assert refused.value.code == "other_route"

    def test_somebody_elses_visit_is_not_there(self, house):
        opinion = self.said_at_home(house)
        url = reverse("suggestions:collect_opinion", args=[opinion.pk])
        assert signed_in(house.other_liaison).get(url).status_code == 404
        with pytest.raises(NotAllowed):
            collect(actor=house.other_liaison, opinion=opinion)

    def test_twice_is_once(self, house):
        opinion = self.said_at_home(house)
        assert collect(actor=house.liaison, opinion=opinion) == collect(actor=house.deputy, opinion=opinion)
        url = reverse("suggestions:collect_opinion", args=[opinion.pk])
        assert signed_in(house.liaison).get(url).status_code == 409


class TestTitles:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("建议加宽南门路，两车会不开。", "关于加宽南门路的建议"),
            ("关于修桥的建议", "关于修桥的建议"),
            ("希望县里尽快通公交", "关于尽快通公交的建议"),
            ("村口那段路下雨就积水", "关于村口那段路下雨就积水的建议"),
            ("字" * 200, f"关于{'字' * 30}的建议"),
        ],
    )
    def test_from_the_first_words(self, text, title):
        assert proposed_title(text, None) == title

    def test_from_the_topic_where_they_are_too_many(self, house):
        assert proposed_title("字" * 200, house.topic) == "关于农村供水的建议"


class TestThePages:
    def test_the_intake_page_shows_what_waits_and_one_click_collects(self, house):
        meeting = closed(house, meeting_of_twelve(house))
        client = signed_in(house.staff)
        page = client.get(reverse("suggestions:intake"))
        assert page.context["counts"] == {"forwarded": 4, "promises": 0, "voters": 0, "drafts": 0, "submitted": 0}
        answer = client.post(reverse("suggestions:collect_meeting", args=[meeting.pk]))
        assert (answer.status_code, answer.url) == (302, reverse("suggestions:intake"))
        page = client.get(answer.url)
        assert page.context["counts"] == {"forwarded": 0, "promises": 0, "voters": 0, "drafts": 4, "submitted": 0}
        assert "关于意见8的建议" in page.content.decode()

    def test_it_says_for_what_a_draft_waits(self, house):
        collect(actor=house.staff, meeting_opinion=forwarded_one(house))
        collect(actor=house.liaison, opinion=voter_opinion(house, opinion={"route": "SUGGESTION"}))
        with translation.override("en"):
            rows = intake_context(house.staff)["drafts"]
        assert [row.waits for row in rows] == ["to be confirmed by the lead deputy", "to be completed"]

    def test_it_shows_voters_words_and_promises_that_wait(self, house):
        voter_opinion(house, opinion={"route": "SUGGESTION"})
        promise = broken(house)
        with later(16):
            promises.declare_not_kept(promise, actor=house.staff, version=promise.version, reason="未装")
            page = signed_in(house.staff).get(reverse("suggestions:intake"))
        assert (page.context["counts"]["voters"], page.context["counts"]["promises"]) == (1, 1)
        shown = page.content.decode()
        assert reverse("suggestions:collect_promise", args=[promise.pk]) in shown
        assert WORDS in shown and NAME not in shown and PHONE not in shown

    def test_with_nothing_waiting_it_says_so(self, house):
        page = signed_in(house.staff).get(reverse("suggestions:intake"))
        assert page.context["is_empty"] and "check-circle" in page.content.decode()

    def test_it_is_for_staff(self, house):
        for actor in (house.liaison, house.deputy, house.handler, make_actor(Role.CHAIRPERSON)):
            assert signed_in(actor).get(reverse("suggestions:intake")).status_code == 403

    def test_however_much_waits_it_costs_the_same(self, house, django_assert_max_num_queries):
        closed(house, meeting_of_twelve(house))
        collect_waiting()
        client = signed_in(house.staff)
        client.get(reverse("suggestions:intake"))
        with django_assert_max_num_queries(25):
            client.get(reverse("suggestions:intake"))

    def test_the_visit_says_what_became_of_it(self, house):
        opinion = voter_opinion(house, opinion={"route": "SUGGESTION"})
        visit_page = reverse("deliberations:visit", args=[opinion.visit_id])
        button = reverse("suggestions:collect_opinion", args=[opinion.pk])
        assert button in signed_in(house.liaison).get(visit_page).content.decode()
        case = collect(actor=house.liaison, opinion=opinion)
        page = signed_in(house.liaison).get(visit_page).content.decode()
        assert button not in page
        assert reverse("suggestions:detail", args=[case.pk]) in page

    def test_the_meeting_says_what_became_of_each_and_a_click_is_offered_to_staff(self, house):
        meeting = closed(house, meeting_of_twelve(house))
        page = reverse("deliberations:meeting", args=[meeting.pk])
        click = reverse("suggestions:collect_meeting", args=[meeting.pk])
        assert click in signed_in(house.staff).get(page).content.decode()
        assert click not in signed_in(house.liaison).get(page).content.decode()
        row = meeting.opinions.to_become_suggestions().first()
        assert collected_as({"actor": house.liaison}, row)["is_closed"]
        cases = collect_meeting(meeting, actor=house.staff)
        shown = signed_in(house.liaison).get(page).content.decode()
        assert click not in signed_in(house.staff).get(page).content.decode()
        assert all(reverse("suggestions:detail", args=[case.pk]) in shown for case in cases)

    def test_a_promise_offers_its_one_click_and_then_names_the_suggestion(self, house):
        promise = broken(house)
        page, click = (
            reverse("deliberations:promise", args=[promise.pk]),
            reverse("suggestions:collect_promise", args=[promise.pk]),
        )
        assert click not in signed_in(house.staff).get(page).content.decode()
        with later(16):
            assert click in signed_in(house.staff).get(page).content.decode()
            assert click not in signed_in(house.liaison).get(page).content.decode()
            case = collect(actor=house.staff, promise=promise)
            shown = signed_in(house.deputy).get(page).content.decode()
            assert reverse("suggestions:detail", args=[case.pk]) in shown
            unseen = signed_in(house.handler).get(page).content.decode()
            assert reverse("suggestions:detail", args=[case.pk]) not in unseen

    def test_the_draft_shows_where_it_comes_from(self, house):
        opinion = forwarded_one(house, speaker=house.local, county_lead=house.lead, basis=[voter_opinion(house)])
        case = collect(actor=house.staff, meeting_opinion=opinion)
        page = signed_in(house.deputy).get(reverse("suggestions:detail", args=[case.pk]), follow=True).content.decode()
        assert reverse("deliberations:meeting", args=[opinion.meeting_id]) in page
        assert WORDS in page and "李乡亲" in page and NAME not in page


class TestWhereItComesFrom:
    def test_back_to_the_meeting_and_the_voters_words(self, house):
        basis = voter_opinion(house)
        case = collect(actor=house.staff, meeting_opinion=forwarded_one(house, basis=[basis]))
        (origin,) = sources_of(case, house.liaison)
        assert (origin.said.text, origin.meeting.station) == ("建议加宽南门路，两车会不开。", house.station)
        assert origin.sees_meeting
        assert [(row.words, row.sees_visit, row.is_told) for row in origin.voters] == [(WORDS, True, False)]

    def test_whoever_sees_the_suggestion_reads_the_words_but_not_the_visit(self, house):
        basis = voter_opinion(house)
        case = collect(actor=house.staff, meeting_opinion=forwarded_one(house, basis=[basis]))
        (origin,) = sources_of(case, make_actor(Role.ORGAN_HANDLER))
        assert (origin.sees_meeting, origin.voters[0].words, origin.voters[0].sees_visit) == (False, WORDS, False)

    def test_confidential_words_only_who_sees_the_visit(self, house):
        basis = voter_opinion(house, opinion={"confidential": True})
        case = collect(actor=house.staff, meeting_opinion=forwarded_one(house, basis=[basis]))
        (hidden_one,) = sources_of(case, make_actor(Role.ORGAN_HANDLER))
        assert (hidden_one.voters, hidden_one.withheld) == ([], 1)
        (seen,) = sources_of(case, house.staff)
        assert (len(seen.voters), seen.withheld) == (1, 0)

    def test_of_a_promise_it_is_told_who_promised(self, house):
        promise = broken(house)
        with later(16):
            case = collect(actor=house.staff, promise=promise)
        (origin,) = sources_of(case, house.staff)
        assert (origin.promise, origin.said.speaker) == (promise, house.lead)

    def test_it_costs_the_same_however_many_voters(self, house, django_assert_max_num_queries):
        basis = [voter_opinion(house) for _ in range(5)]
        case = collect(actor=house.staff, meeting_opinion=forwarded_one(house, basis=basis))
        with django_assert_max_num_queries(10):
            sources_of(case, house.staff)


class TestTheGate:
    def test_a_cycle_waits_until_all_is_collected(self, house):
        assert [fact.is_met for fact in gates.cycle_facts(house.cycle)] == [True]
        opinion = forwarded_one(house)
        assert [fact.is_met for fact in gates.cycle_facts(house.cycle)] == [False]
        assert gates.collected([opinion.pk]) == set()
        collect_waiting()
        assert [fact.is_met for fact in gates.cycle_facts(house.cycle)] == [True]
        assert gates.collected([opinion.pk]) == {opinion.pk}

    def test_what_goes_to_the_township_is_not_asked_for(self, house):
        forwarded_one(house, way="TOWNSHIP")
        assert [fact.is_met for fact in gates.cycle_facts(house.cycle)] == [True]


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_sweeps_and_a_click_at_once_give_one_suggestion(self):
        house = House()
        opinion = forwarded_one(house)
        acts = [
            collect_waiting,
            collect_waiting,
            lambda: collect(actor=house.staff, meeting_opinion=MeetingOpinion.objects.get()),
            lambda: collect_meeting(Meeting.objects.get(), actor=house.staff),
        ]
        came_of = _at_once(acts)
        assert came_of == ["done"] * len(acts)
        case = Suggestion.objects.get()
        assert (case.events.count(), Source.objects.get().meeting_opinion) == (1, opinion)
        assert_chain_holds(case)

    def test_four_clicks_on_a_promise_take_it_up_once(self):
        house = House()
        promise = broken(house)
        now = clock.now() + timedelta(16)

        def click():
            with clock.at(now):
                collect(actor=house.staff, promise=Promise.objects.get(pk=promise.pk))

        assert _at_once([click] * 4) == ["done"] * 4
        assert (Suggestion.objects.count(), promise.events.filter(verb="take_up").count()) == (1, 1)

    def test_without_the_lock_the_unique_source_decides(self, monkeypatch):
        house = House()
        opinion = forwarded_one(house)
        monkeypatch.setattr(collecting, "_known", lambda **_source: None)
        first = collect(actor=house.staff, meeting_opinion=opinion)
        assert collect(actor=house.staff, meeting_opinion=opinion) == first
        assert Suggestion.objects.count() == 1


def _at_once(acts):
    """Do all of them at the same moment; returns what came of each."""
    came_of, start = [], Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            start.wait()
            act()
            came_of.append("done")
        except Exception as error:  # a thread must not die unseen
            came_of.append(repr(error))
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_of
