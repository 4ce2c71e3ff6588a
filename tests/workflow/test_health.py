"""``/healthz`` and ``/readyz``: red with the reason, and never red for nothing."""

import logging
import time
from collections import namedtuple
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.utils import timezone

from config.celery import app
from workflow import clock, health, heartbeats, tasks
from workflow.models import CalendarDay, CalendarYear, Heartbeat

pytestmark = [pytest.mark.urls("workflow.urls"), pytest.mark.django_db]

CHECKS = ["database", "migrations", "heartbeats", "calendar_year", "disk"]
BEFORE_DECEMBER = timezone.make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture(autouse=True)
def own_checks(settings, monkeypatch):
    monkeypatch.setattr(apps.get_app_config("workflow"), "started", time.monotonic())
    settings.READY_CHECKS = [f"workflow.health.{name}" for name in CHECKS]
    with clock.at(BEFORE_DECEMBER):
        yield


@pytest.fixture
def long_started(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("workflow"), "started", time.monotonic() - health.GRACE - 1)


def failed(response):
    return [row["check"].rpartition(".")[2] for row in response.json()["checks"] if not row["ok"]]


def test_alive_is_answered_without_sign_in_or_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert response.status_code == 200


def test_a_new_portal_is_ready_before_anything_was_seen(client):
    response = client.get("/readyz")
    assert (response.status_code, failed(response)) == (200, [])
    assert [row["check"] for row in response.json()["checks"]] == [f"workflow.health.{name}" for name in CHECKS]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_are_never_kept(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_answered(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_after_the_grace_missing_processes_are_named(client, long_started):
    response = client.get("/readyz")
    assert (response.status_code, failed(response)) == (503, ["heartbeats"])
    heartbeats.seen(heartbeats.WORKER)
    sentence = next(row["sentence"] for row in client.get("/readyz").json()["checks"] if not row["ok"])
    assert heartbeats.BEAT in sentence and heartbeats.WORKER not in sentence


def test_the_task_of_the_scheduler_shows_both_processes(client, long_started):
    tasks.beat()
    assert client.get("/readyz").status_code == 200


def test_a_heartbeat_counts_for_two_minutes(client, long_started):
    heartbeats.seen(heartbeats.WORKER, heartbeats.BEAT)
    with clock.at(BEFORE_DECEMBER + timedelta(seconds=health.GRACE)):
        assert client.get("/readyz").status_code == 200
    with clock.at(BEFORE_DECEMBER + timedelta(seconds=health.GRACE + 1)):
        assert client.get("/readyz").status_code == 503


def test_a_process_has_one_heartbeat_however_often_it_is_seen():
    heartbeats.seen(heartbeats.WORKER)
    with clock.at(BEFORE_DECEMBER + timedelta(minutes=1)):
        heartbeats.seen(heartbeats.WORKER)
    assert Heartbeat.objects.get().at == BEFORE_DECEMBER + timedelta(minutes=1)


def test_the_scheduler_sends_often_enough_and_nothing_that_is_old():
    entry = app.conf.beat_schedule["beat"]
    assert entry["task"] == tasks.beat.name
    assert entry["schedule"] * 2 <= entry["options"]["expires"] < health.GRACE


def test_the_year_of_today_must_be_loaded(client):
    CalendarDay.objects.filter(year__year=2026).delete()
    CalendarYear.objects.filter(year=2026).delete()
    assert failed(client.get("/readyz")) == ["calendar_year"]


@pytest.mark.parametrize(
    ("moment", "standing_of_2026", "warned_of"),
    [
        (datetime(2026, 11, 30, 9), "ANNOUNCED", ""),
        (datetime(2026, 12, 1, 9), "ANNOUNCED", "2027"),
        (datetime(2026, 11, 30, 9), "PROVISIONAL", "2026"),
    ],
)
def test_a_provisional_year_is_a_warning_only(moment, standing_of_2026, warned_of):
    CalendarYear.objects.filter(year=2026).update(standing=standing_of_2026)
    with clock.at(timezone.make_aware(moment)):
        sentence = health.calendar_year()
    assert bool(sentence) == bool(warned_of)
    assert warned_of in sentence


def test_a_full_disk_is_told_with_what_is_left(client, monkeypatch):
    usage = namedtuple("Usage", "total used free")(10**12, 10**12, 5 * 1024**2)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: usage)
    response = client.get("/readyz")
    assert failed(response) == ["disk"]
    assert "5" in next(row["sentence"] for row in response.json()["checks"] if not row["ok"])


def test_a_database_that_does_not_answer_is_told(client, monkeypatch):
    broken = mock.Mock(side_effect=OperationalError("connection refused"))
    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/readyz")
    assert response.status_code == 503 and "database" in failed(response)


def test_a_missing_migration_is_told(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'workflow' AND name = '0003_allowances'")
    assert failed(client.get("/readyz")) == ["migrations"]


def test_a_check_that_breaks_is_red_and_logged_and_hides_no_other(client, settings, caplog):
    settings.READY_CHECKS = ["workflow.health.no_such_check", "workflow.health.disk"]
    with caplog.at_level(logging.ERROR, "workflow.health"):
        response = client.get("/readyz")
    assert (response.status_code, failed(response)) == (503, ["no_such_check"])
    assert "no_such_check" in caplog.text


def test_lines_for_who_asks_for_text(client, settings):
    settings.READY_CHECKS = ["workflow.health.no_such_check", "workflow.health.disk"]
    response = client.get("/readyz", headers={"accept": "text/plain"})
    assert response["Content-Type"].startswith("text/plain")
    states = [line.split()[:2] for line in response.content.decode().splitlines()]
    assert states == [["FAILED", "workflow.health.no_such_check"], ["ok", "workflow.health.disk"]]
