"""Background work. Messages are only hints: the database is the truth and a sweep re-issues what is due."""

import os

from celery import Celery
from django.conf import settings
from kombu.transport.sqlalchemy import Transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("portal")

#: A page that asks for a job does not wait for a broker that is down; the sweep sends again.
REDIS_OPTIONS = {"visibility_timeout": 900, "max_retries": 1, "interval_start": 0, "interval_step": 0}


def configure() -> None:
    """Redis when REDIS_URL is set, otherwise a queue in a file of its own under DATA_DIR."""
    redis = settings.REDIS_URL
    app.conf.update(
        broker_url=redis or f"sqla+sqlite:///{settings.DATA_DIR}/broker.sqlite3",
        broker_connection_retry_on_startup=True,
        broker_transport_options=REDIS_OPTIONS if redis else {},
        timezone=settings.TIME_ZONE,
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_time_limit=600,
        task_soft_time_limit=540,
        worker_prefetch_multiplier=1 if redis else 8,
        worker_max_tasks_per_child=200,
        worker_hijack_root_logger=False,
        beat_schedule_filename=str(settings.DATA_DIR / "beat-schedule"),
        beat_schedule={
            # expires: a message found after a pause says nothing about who is alive now
            "beat": {"task": "workflow.tasks.beat", "schedule": 30, "options": {"expires": 60}},
            "sweep_jobs": {"task": "files.tasks.sweep_jobs", "schedule": 60},
            "sweep_files": {"task": "files.tasks.sweep_files", "schedule": 6 * 3600},
            "collect_waiting": {"task": "suggestions.tasks.collect_waiting", "schedule": 60},
            "send_notifications": {"task": "notifications.tasks.send_notifications", "schedule": 60},
            "plan_receptions": {"task": "stations.tasks.plan_receptions", "schedule": 6 * 3600},
            "run_reminders": {"task": "supervision.tasks.run_reminders", "schedule": 900},
            "erase_voters": {"task": "deliberations.tasks.erase_voters", "schedule": 24 * 3600},
        },
    )
    # the transport's own default of one second drains only a few tasks per second
    Transport.polling_interval = 0.2  # type: ignore[attr-defined]


configure()
app.autodiscover_tasks()
