"""The demo county: every role finds work, the record is whole, nothing of anybody else's is touched."""

from collections import Counter
from datetime import datetime
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from config import settings as project
from deliberations.models import (
    Cycle,
    DeliberationEvent,
    Meeting,
    MeetingOpinion,
    NoticeReceipt,
    Opinion,
    Promise,
    TownshipTask,
    Visit,
)
from files.models import ImportBatch
from notifications.models import Notification
from stations.models import Mandate
from suggestions.models import (
    Commitment,
    Evaluation,
    Extension,
    HandOver,
    Objection,
    Reply,
    Source,
    Suggestion,
    SuggestionEvent,
)
from suggestions.transitions.collecting import collect_waiting, waiting
from supervision import reminders
from supervision.demo import cast, county, letters, problem_words, walk
from supervision.management.commands import load_demo
from supervision.models import Card
from tests.county import expected
from tests.factory import make_person
from workflow import clock
from workflow.verification import verify

#: Which numbers of each workbench must not be nothing, by the wish behind them.
WORK = {
    "staff": ("status=SUBMITTED", "status=REGISTERED", "light=overdue", "light=within_30", "waits=receipt",
              "waits=evaluation", "waits=verdict", "is_key=on"),
    "chair": ("light=overdue", "waits=verdict", ""),
    "vice": ("light=overdue", "waits=verdict", ""),
    "body": ("light=overdue", "is_key=on", ""),
    "govoffice": ("status=AT_FORWARDER", "waits=receipt", "waits=reply", "light=overdue"),
    "unit": ("light=overdue", "light=within_30", "waits=receipt", "waits=reply"),
    "unithead": ("light=overdue", "light=within_30", "waits=reply"),
    "unit2": ("waits=opinion", "waits=reply"),
    "court": ("waits=reply",),
    "station": ("waits=evaluation", ""),
    "deputy": ("waits=evaluation", ""),
    "deputy2": ("",),
}  # fmt: skip


#: What each role reads on its first page.
WAITS = {
    "vice": "关于石桥水库除险加固的建议",
    "deputy": "关于给石桥镇李家坪村修机耕路的建议",
    "deputy2": "关于扶持石桥镇豆制品合作社扩大生产的建议",
    "station": "关于加快石桥镇城乡供水一体化二期工程的建议",
    "unit": "关于入冬前检修石桥镇山塘放水涵管的建议",
    "court": "关于在石桥镇设立巡回审判点的建议",
}


def states(model):
    return Counter(model.objects.values_list("status", flat=True))


def load(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def signed_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


class TestDemoCounty(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.told = load()

    def test_the_accounts_and_their_password_are_told(self):
        usernames = {part.username for part in cast.PARTS}
        # whoever comes by a card has an account without a password
        assert usernames == {user.username for user in User.objects.all() if user.has_usable_password()}
        assert all(name in self.told for name in usernames)
        assert cast.PASSWORD in self.told

    def test_every_account_signs_in_with_the_password_and_finds_its_workbench(self):
        for part in cast.PARTS:
            with self.subTest(part.username):
                client = Client()
                answer = {"username": part.username, "password": cast.PASSWORD}
                client.post(reverse("accounts:sign_in"), answer)
                assert client.get(reverse("supervision:workbench")).status_code == 200

    def test_something_waits_for_every_role_that_handles_suggestions(self):
        for username, wishes in WORK.items():
            with self.subTest(username):
                page = signed_in(username).get(reverse("supervision:workbench"))
                numbers = {tile["url"].partition("?")[2]: tile["number"] for tile in page.context["tiles"]}
                assert {wish: numbers[wish] for wish in wishes if not numbers[wish]} == {}

    def test_there_is_a_running_case_in_every_state_and_one_handled_again(self):
        running = Suggestion.objects.filter(imported_from="")
        # only what was imported can be taken back
        assert set(running.values_list("status", flat=True)) == set(Suggestion.Status.values) - {"ANNULLED"}
        assert running.filter(round=2, status="HANDLING").count() == 1
        assert set(Reply.objects.filter(assignment__suggestion__in=running).values_list("status", flat=True)) >= {
            "DRAFT", "REVIEW", "RELEASED",
        }  # fmt: skip

    def test_the_rounds_of_deliberation_are_concluded_running_and_only_thought_of(self):
        assert states(Cycle) == {"CONCLUDED": 1, "DELIBERATING": 1, "PREPARING": 1}
        running = Cycle.objects.get(status="DELIBERATING")
        assert Counter(running.topics.values_list("status", flat=True)) == {"SELECTED": 3, "DROPPED": 1}
        assert Counter(running.notices.values_list("status", flat=True)) == {"ISSUED": 2, "WITHDRAWN": 1}
        assert Counter(Meeting.objects.filter(cycle=running).values_list("status", flat=True)) == {
            "CLOSED": 3, "OPEN": 1, "PLANNED": 2, "CANCELLED": 1,
        }  # fmt: skip

    def test_one_station_had_less_than_a_month_and_one_did_not_confirm(self):
        running = Cycle.objects.get(status="DELIBERATING")
        in_force = NoticeReceipt.objects.in_force(running).select_related("notice", "station")
        short = [receipt for receipt in in_force if not receipt.is_in_time]
        assert [(receipt.station.code, receipt.notice.agreed_by) for receipt in short] == [("JZ12", "李建华副主任")]
        assert [receipt.station.code for receipt in in_force if receipt.status == "SENT"] == ["JZ08"]
        assert not Visit.objects.filter(station__code="JZ08", cycle=running).exists()

    def test_visits_wait_to_be_completed_confirmed_told_and_closed(self):
        for what in ("completion", "confirmation", "telling", "closing"):
            with self.subTest(what):
                assert Visit.objects.waiting_for(what).exists()
        assert Visit.objects.filter(status="CLOSED", imported_from="").count() == 2
        routes = set(Opinion.objects.exclude(route="").values_list("route", flat=True))
        assert routes == set(Opinion.Route.values)
        assert Opinion.objects.filter(confidential=True).exists()

    def test_every_outcome_and_way_is_there_and_the_counts_add_up(self):
        rows = MeetingOpinion.objects.exclude(outcome="")
        assert set(rows.values_list("outcome", flat=True)) == set(MeetingOpinion.Outcome.values)
        assert set(rows.exclude(way="").values_list("way", flat=True)) == set(MeetingOpinion.Way.values)
        for meeting in Meeting.objects.deliberations().with_counts():
            decided = meeting.explained + meeting.promised + meeting.forwarded
            assert meeting.counted == decided + meeting.undecided, meeting
        assert set(states(Promise)) == {"MADE", "REPORTED_DONE", "KEPT", "NOT_KEPT"}
        assert Promise.objects.overdue(clock.today()).count() == 1
        tasks = TownshipTask.objects.filter(meeting_opinion__meeting__cycle__status="DELIBERATING")
        assert sorted(task.done_on is None for task in tasks) == [False, True]

    def test_nothing_forwarded_is_left_behind_and_sources_lead_back_to_voters(self):
        assert not waiting().exists()
        assert collect_waiting() == 0
        led = Source.objects.exclude(meeting_opinion=None).exclude(suggestion__raised_by=None)
        assert [source.suggestion.raised_by.level for source in led] == ["TOWNSHIP"]
        assert Suggestion.objects.filter(submitted_by="COMMITTEE").count() == 2
        closed = Suggestion.objects.get(status="CLOSED", sources__isnull=False)
        behind = Opinion.objects.filter(deliberated__in=closed.sources.values("meeting_opinion"))
        assert behind.to_tell().count() == 1

    def test_cards_extensions_and_the_agenda_wait_for_somebody(self):
        assert states(Card) == {"DRAFT": 1, "ISSUED": 2, "FEEDBACK_GIVEN": 1}
        assert set(states(Extension)) == {"REQUESTED", "OFFICE_AGREED", "GRANTED"}
        key = Suggestion.objects.exclude(key_resolution=None)
        assert key.filter(card=None).count() == 1
        assert key.overdue(clock.today()).count() == 1
        assert Suggestion.objects.exclude(key_nomination="").filter(is_key=False).count() == 1
        twice = Suggestion.objects.get(agenda_on__isnull=False)
        assert (twice.round, twice.verdicts.filter(value="DISSATISFIED").count()) == (3, 2)

    def test_several_were_handed_over_at_one_meeting_one_of_them_to_the_court(self):
        meeting = Meeting.objects.get(kind="HAND_OVER", status="CLOSED")
        given = HandOver.objects.filter(meeting=meeting)
        assert Counter(given.values_list("to__kind", flat=True)) == {"GOVERNMENT_OFFICE": 3, "COURT": 1}

    def test_somebody_waits_on_the_first_page_of_each_role(self):
        for username, sentence in WAITS.items():
            with self.subTest(username):
                page = signed_in(username).get(reverse("supervision:workbench"))
                assert sentence in page.content.decode()

    def test_deputy_has_a_reply_to_judge_and_unit2_an_opinion_to_give(self):
        page = signed_in("deputy").get(reverse("suggestions:list") + "?waits=evaluation")
        case = next(row for row in page.context["rows"] if not row.imported_from)
        acts = signed_in("deputy").get(reverse("suggestions:detail", args=[case.pk])).context["acts"]
        assert any("evaluate" in act["url"] for act in acts)
        page = signed_in("unit2").get(reverse("suggestions:list") + "?waits=opinion")
        case = next(row for row in page.context["rows"] if not row.imported_from)
        acts = signed_in("unit2").get(reverse("suggestions:detail", args=[case.pk])).context["acts"]
        assert any("give_opinion" in act["url"] for act in acts)

    def test_the_record_of_every_case_is_whole_and_no_act_lies_ahead_or_out_of_order(self):
        assert verify().faults == []
        times = SuggestionEvent.objects.order_by("suggestion", "seq").values_list("suggestion", "at")
        last = {}
        for suggestion, at in times:
            assert last.get(suggestion, at) <= at <= clock.now()
            last[suggestion] = at

    def test_reminders_were_told_and_old_mail_is_read(self):
        assert Notification.objects.filter(kind__startswith="reminder.").unread().exists()
        old = clock.now() - county.READ_AFTER
        assert not Notification.objects.unread().filter(created_at__lt=old).exists()
        assert not Notification.objects.filter(read_at__gt=clock.now()).exists()

    def test_the_letter_of_a_reply_is_there(self):
        reply = Reply.objects.exclude(scan=None).first()
        address = reverse("suggestions:letter", args=[reply.assignment.suggestion_id, reply.pk])
        # where the class put its files, not where this one test would
        with self.settings(STORAGES=project.STORAGES):
            page = signed_in("staff").get(address)
        assert page.status_code == 200
        assert b"".join(page.streaming_content).startswith(b"%PDF-")

    def test_the_towns_official_is_a_deputy_of_county_and_town(self):
        person = User.objects.get(username="township").person
        assert set(Mandate.objects.filter(person=person).values_list("level", flat=True)) == {"COUNTY", "TOWNSHIP"}
        assert signed_in("township").get(reverse("supervision:workbench")).context["actor"].posts[1].role == "DEPUTY"

    def test_the_three_archives_are_taken_over_as_they_are(self):
        told = ImportBatch.objects.get(kind="demo").counts
        for name in ("roster", "suggestion_ledger", "visit_register"):
            wanted = expected(name)
            assert {key: told[key] for key in wanted if key in told} == {
                key: count for key, count in wanted.items() if key in told
            }
        assert Suggestion.objects.exclude(imported_from="").count() == expected("suggestion_ledger")["suggestions"]
        assert Visit.objects.exclude(imported_from="").count() == expected("visit_register")["visits"]

    def test_fifteen_matters_stand_on_the_start_page_for_everybody(self):
        page = Client().get(reverse("supervision:demo"))
        assert len(page.context["matters"]) == 15
        text = page.content.decode()
        assert all(matter["headline"] in text for matter in page.context["matters"])
        assert all(part.username in text for part in cast.PARTS)
        assert reverse("supervision:demo") in Client().get(reverse("accounts:sign_in")).content.decode()

    def test_each_of_the_fifteen_is_seen_with_the_account_that_is_named(self):
        for matter in ImportBatch.objects.get(kind="demo").journal["matters"]:
            with self.subTest(matter["headline"]):
                assert signed_in(matter["account"]).get(matter["url"]).status_code == 200

    def test_the_problem_cases_are_what_their_headlines_say(self):
        def case(text):
            return Suggestion.objects.get(title=text.title)

        ride = case(problem_words.RIDE)
        passed = Objection.objects.filter(assignment__suggestion=ride).order_by("number")
        assert [row.assignment.organ.name for row in passed] == [cast.TRAFFIC, cast.EDUCATION]
        assert (passed[1].decided_by, ride.assignments.exclude(status="ENDED").get(part="HOST").organ.name) == (
            "陈志远",
            cast.TRAFFIC,
        )
        (tap,) = Commitment.objects.overdue(clock.today())
        assert tap.reply.assignment.suggestion == case(problem_words.TAP)
        same = {problem_words.CLINIC_BEFORE_LAST, problem_words.CLINIC_LAST, problem_words.CLINIC}
        assert (
            len(
                set(
                    Reply.objects.filter(assignment__suggestion__title__in=[text.title for text in same]).values_list(
                        "body", flat=True
                    )
                )
            )
            == 1
        )
        group = case(problem_words.ROADS[0]).merge_group
        assert (group.members.count(), Reply.objects.filter(assignment__suggestion__merge_group=group).count()) == (
            6,
            2,
        )
        assert Objection.objects.get(assignment__suggestion=case(problem_words.POLES)).status == "REFUSED"
        street = Evaluation.objects.filter(reply__assignment__suggestion=case(problem_words.STREET))
        assert {(row.source, row.result, row.counts) for row in street} == {
            ("ORGAN_FORM", "SATISFIED", False), ("CALL_BACK", "BASICALLY", True),
        }  # fmt: skip
        ferry = case(problem_words.FERRY)
        assert (ferry.continuations.get().reason, ferry.closing_basis) == ("DIED", "SATISFIED")

    def test_a_second_time_it_changes_nothing_and_tells_the_accounts_again(self):
        before = SuggestionEvent.objects.count(), User.objects.count(), Notification.objects.count()
        assert load() == self.told
        assert before == (SuggestionEvent.objects.count(), User.objects.count(), Notification.objects.count())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [
        "2027-02-15T10:00",
        pytest.param("2027-01-04T09:00", marks=pytest.mark.exhaustive),
        pytest.param("2028-10-08T07:30", marks=pytest.mark.exhaustive),
    ],
)
def test_on_any_other_day_it_is_just_as_fresh(moment):
    """After the turn of a year, after Spring Festival, and before office hours after the October holidays."""
    with clock.at(timezone.make_aware(datetime.fromisoformat(moment), timezone.get_default_timezone())):
        load()
        assert verify().faults == []
        assert not SuggestionEvent.objects.filter(at__gt=clock.now()).exists()
        assert not DeliberationEvent.objects.filter(at__gt=clock.now()).exists()
        running = Suggestion.objects.filter(imported_from="")
        assert set(running.values_list("status", flat=True)) == set(Suggestion.Status.values) - {"ANNULLED"}
        assert running.overdue(clock.today()).count() == 2
        assert running.due_within(30, clock.today()).count() >= 5
        assert states(Meeting) == {"CLOSED": 6, "OPEN": 1, "PLANNED": 3, "CANCELLED": 1}
        assert Promise.objects.overdue(clock.today()).count() == 1
        assert reminders.run() == {"created": 0, "voided": 0}


@pytest.mark.django_db
def test_a_database_with_anything_in_it_is_refused_and_stays_as_it_is():
    make_person()
    with pytest.raises(CommandError):
        load()
    assert not User.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_a_demo_that_breaks_off_leaves_nothing(monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(walk, "play", broken)
    with pytest.raises(RuntimeError):
        load()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_only_a_demo_is_thrown_away():
    if connection.vendor != "sqlite":
        pytest.skip("the file of SQLite")
    make_person()
    with pytest.raises(CommandError):
        load(forget=True)
    assert User.objects.model._default_manager.count() == 0


@pytest.mark.django_db
def test_a_countys_own_portal_has_no_page_of_matters(client):
    assert client.get(reverse("supervision:demo")).status_code == 404
    assert reverse("supervision:demo") not in client.get(reverse("accounts:sign_in")).content.decode()


def test_a_letter_names_organ_number_and_text():
    page = letters.pdf("县水利局", "望水函〔2026〕1号", ["　　您提出的建议收悉。"])
    for text in ("县水利局", "望水函〔2026〕1号", "您提出的建议收悉"):
        assert text.encode("utf-16-be").hex().encode() in page


def test_forgetting_deletes_the_database_its_journals_the_queue_and_the_files(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(tmp_path / "portal.sqlite3"))
    monkeypatch.setattr(load_demo, "connection", SimpleNamespace(vendor="sqlite", close=lambda: None))
    monkeypatch.setattr(county, "is_there", lambda: True)
    for name in ("portal.sqlite3", "portal.sqlite3-wal", "portal.sqlite3-shm", "broker.sqlite3", "secret_key"):
        (tmp_path / name).touch()
    (tmp_path / "files").mkdir()
    load(forget=True)
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    load(forget=True)
