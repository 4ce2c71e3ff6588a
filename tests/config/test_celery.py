"""Background work: messages are hints, of ids only, on a file or on Redis."""

import pytest
from celery.schedules import schedule
from django.conf import settings
from kombu import Connection

from config import celery
from config.celery import app


@pytest.fixture
def configured(monkeypatch):
    """Configure as for another setting, and back again."""

    def configure(redis_url):
        monkeypatch.setattr(settings, "REDIS_URL", redis_url)
        celery.configure()
        return app.conf

    yield configure
    monkeypatch.undo()
    celery.configure()


def test_without_a_server_the_queue_is_a_file_of_the_data_folder(configured):
    conf = configured("")
    assert conf.broker_url == f"sqla+sqlite:///{settings.DATA_DIR}/broker.sqlite3"
    assert conf.beat_schedule_filename.startswith(str(settings.DATA_DIR))


def test_with_redis_messages_come_back_after_the_hard_limit_only(configured):
    conf = configured("redis://127.0.0.1:6379/9")
    assert conf.broker_url == "redis://127.0.0.1:6379/9"
    assert conf.broker_transport_options["visibility_timeout"] > conf.task_time_limit > conf.task_soft_time_limit


def test_nothing_but_json_and_no_results():
    assert (app.conf.accept_content, app.conf.task_serializer, app.conf.task_ignore_result) == (["json"], "json", True)


def test_a_message_is_acknowledged_when_its_work_is_done():
    assert app.conf.task_acks_late and app.conf.task_reject_on_worker_lost


def test_every_entry_of_the_schedule_is_a_task_that_exists():
    app.loader.import_default_modules()
    missing = {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks)
    assert missing == set()


def test_the_schedule_is_plain_seconds():
    for entry in app.conf.beat_schedule.values():
        assert schedule(entry["schedule"]).run_every.total_seconds() >= 30


@pytest.mark.filterwarnings("ignore:The ``noload``")
def test_the_file_queue_takes_a_message_and_gives_it_back(tmp_path):
    with Connection(f"sqla+sqlite:///{tmp_path}/broker.sqlite3") as connection:
        queue = connection.SimpleQueue("hints")
        queue.put({"job": 7})
        message = queue.get(timeout=5)
        assert message.payload == {"job": 7}
        message.ack()
        assert connection.transport.polling_interval < 1
