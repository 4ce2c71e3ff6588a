"""The demo county: every role finds work, the record is whole, nothing of anybody else's is touched."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, TestCase
from django.urls import reverse

from accounts.models import User
from config import settings as project
from files.models import ImportBatch
from notifications.models import Notification
from stations.models import Mandate
from suggestions.models import Reply, Suggestion, SuggestionEvent
from supervision.demo import cases, cast, county, letters
from supervision.management.commands import load_demo
from tests.factory import make_person
from workflow import clock
from workflow.calendars import load_calendar
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
        assert usernames == set(User.objects.values_list("username", flat=True))
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
        assert set(running.values_list("status", flat=True)) == set(Suggestion.Status.values)
        assert running.filter(round=2, status="HANDLING").count() == 1
        assert set(Reply.objects.filter(assignment__suggestion__in=running).values_list("status", flat=True)) >= {
            "DRAFT", "REVIEW", "RELEASED",
        }  # fmt: skip

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

    def test_on_any_other_day_it_would_be_just_as_fresh(self):
        for number, days in enumerate((68, 233), start=3):
            with self.subTest(days), clock.at(clock.now() + timedelta(days=days)):
                played = cases.play(cast.actors(), load_calendar(), first=number * 100)
                running = Suggestion.objects.filter(pk__in=played)
                assert running.overdue(clock.today()).count() == 1
                assert running.due_within(30, clock.today()).count() >= 3

    def test_a_second_time_it_changes_nothing_and_tells_the_accounts_again(self):
        before = SuggestionEvent.objects.count(), User.objects.count(), Notification.objects.count()
        assert load() == self.told
        assert before == (SuggestionEvent.objects.count(), User.objects.count(), Notification.objects.count())


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

    monkeypatch.setattr(cases, "play", broken)
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
