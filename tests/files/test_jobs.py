"""A job is done once, whatever happens to workers, messages and the people who wait."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, close_old_connections, connection, transaction

from accounts.models import Role
from files import storage, tasks
from files.health import queue
from files.models import Attachment, Job
from files.transitions import cancel, enqueue, run_due, run_job, running, sweep_jobs
from tests.factory import make_actor
from tests.files.factory import make_job, use, write_ten
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed
from workflow.health import Unwell

pytestmark = pytest.mark.django_db

State = Job.State
LATER = timedelta(seconds=200)


@pytest.fixture(autouse=True)
def note_every_row(monkeypatch):
    monkeypatch.setattr(running, "EVERY", 0)


def later(**delta):
    return clock.at(clock.now() + (timedelta(**delta) or LATER))


def fresh(job):
    return Job.objects.select_related("result").get(pk=job.pk)


def stored():
    root = storage.local("")
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def killed(monkeypatch, job):
    """The worker dies in the middle: nothing is settled, the lease runs on."""

    def die(job, out, progress):
        progress(3, 10)
        raise KeyboardInterrupt

    use(monkeypatch, die)
    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk)
    use(monkeypatch, write_ten)


# asking


def test_a_worker_hears_of_a_job_when_the_act_is_committed(django_capture_on_commit_callbacks, sent):
    with django_capture_on_commit_callbacks(execute=True):
        job = make_job()
        assert sent == []
    assert sent == [("files.tasks.run_job", job.pk)]
    assert (job.state, job.attempts) == (State.QUEUED, 0)


def test_what_is_asked_for_twice_is_done_once(django_capture_on_commit_callbacks, sent):
    actor = make_actor(Role.COMMITTEE_STAFF)
    with django_capture_on_commit_callbacks(execute=True):
        first, second = make_job(actor, "k"), make_job(actor, "k")
    assert first == second and len(sent) == 1


def test_what_is_finished_may_be_asked_for_again():
    actor = make_actor(Role.COMMITTEE_STAFF)
    first = make_job(actor, "k")
    run_job(first.pk)
    assert make_job(actor, "k") != first


def test_an_unknown_kind_is_a_fault_of_the_program():
    with pytest.raises(ValueError, match="nonsense"):
        enqueue("nonsense", key="k", args={}, actor=make_actor(Role.COMMITTEE_STAFF))


def test_a_dead_broker_does_not_stop_the_act(monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*args, **options):
        raise ConnectionError("no broker")

    monkeypatch.setattr(type(current_app._get_current_object()), "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        job = make_job()
    assert fresh(job).state == State.QUEUED


# running


def test_a_job_leaves_its_file_and_says_so():
    job = make_job()
    tasks.run_job(job.pk)
    done = fresh(job)
    assert (done.state, done.done, done.total, done.attempts) == (State.DONE, 10, 10, 1)
    assert (done.lease_until, done.message) == (None, "") and done.finished_at
    assert (done.result.name, done.result.uploaded_by) == ("结果.xlsx", job.asked_by)
    assert storage.local(done.result.path).read_bytes() == b"row\n" * 10


def test_progress_is_seen_while_it_runs_and_renews_the_lease(monkeypatch):
    seen = []

    def make(job, out, progress):
        for done in (1, 2):
            with later(seconds=60 * done):
                progress(done, 2)
                row = fresh(job)
                seen.append((row.state, row.done, row.total, row.lease_until - clock.now()))
        return "x.xlsx"

    use(monkeypatch, make)
    run_job(make_job().pk)
    assert [row[:3] for row in seen] == [(State.RUNNING, 1, 2), (State.RUNNING, 2, 2)]
    assert all(abs(row[3] - running.LEASE) < timedelta(seconds=5) for row in seen)


def test_progress_is_noted_once_in_a_while(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(running, "EVERY", 1000)

    def make(job, out, progress):
        progress(1)
        with django_assert_num_queries(0):
            for done in range(2, 500):
                progress(done)
        return "x.xlsx"

    use(monkeypatch, make)
    job = make_job()
    run_job(job.pk)
    assert fresh(job).done == 499


def test_a_job_in_hand_is_not_run_by_a_second_worker(monkeypatch):
    runs = []

    def make(job, out, progress):
        runs.append(run_job(job.pk))
        return "x.xlsx"

    use(monkeypatch, make)
    job = make_job()
    assert run_job(job.pk) is True
    assert runs == [False] and fresh(job).attempts == 1
    assert run_job(job.pk) is False


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_runs_it(monkeypatch):
    runs = []

    def make(job, out, progress):
        runs.append(job.pk)
        return "x.xlsx"

    def work(pk):
        try:
            return run_job(pk)
        finally:
            connection.close()

    use(monkeypatch, make)
    jobs = [make_job() for _ in range(5)]
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(work, [job.pk for job in jobs for _ in range(8)]))
    close_old_connections()
    assert sorted(runs) == sorted(job.pk for job in jobs) and sum(won) == 5
    assert {fresh(job).state for job in jobs} == {State.DONE}


# dying and failing


def test_a_killed_workers_job_is_sent_again_and_done(monkeypatch, sent):
    job = make_job()
    killed(monkeypatch, job)
    assert (fresh(job).state, fresh(job).done, fresh(job).result, stored()) == (State.RUNNING, 3, None, [])
    assert run_job(job.pk) is False
    assert sweep_jobs() == {"reissued": 0, "given_up": 0}
    with later():
        assert sweep_jobs() == {"reissued": 1, "given_up": 0}
        assert sent == [("files.tasks.run_job", job.pk)]
        assert fresh(job).state == State.QUEUED
        run_job(job.pk)
    assert (fresh(job).state, fresh(job).attempts) == (State.DONE, 2)
    assert len(stored()) == 1


def test_a_lost_message_is_sent_again_after_a_minute(sent):
    job = make_job()
    tasks.sweep_jobs()
    assert sent == []
    with later(seconds=61):
        tasks.sweep_jobs()
        tasks.sweep_jobs()
    assert sent == [("files.tasks.run_job", job.pk)]


def test_a_worker_that_comes_back_too_late_settles_nothing(monkeypatch):
    def slow(job, out, progress):
        use(monkeypatch, write_ten)
        with later():
            run_job(job.pk)
        return "late.xlsx"

    use(monkeypatch, slow)
    job = make_job()
    run_job(job.pk)
    assert (fresh(job).state, fresh(job).result.name, fresh(job).attempts) == (State.DONE, "结果.xlsx", 2)
    assert Attachment.objects.count() == len(stored()) == 1


def test_a_late_worker_is_stopped_at_its_next_row(monkeypatch):
    def slow(job, out, progress):
        use(monkeypatch, write_ten)
        with later():
            run_job(job.pk)
        progress(1)
        raise AssertionError("went on")

    use(monkeypatch, slow)
    job = make_job()
    run_job(job.pk)
    assert fresh(job).state == State.DONE


def test_what_the_job_refuses_is_told_to_whoever_asked(monkeypatch):
    def refuse(job, out, progress):
        out.write(b"half")
        raise Invalid("name", "odd", "因为%(why)s", why="没有")

    use(monkeypatch, refuse)
    job = make_job()
    run_job(job.pk)
    assert (fresh(job).state, fresh(job).message, fresh(job).result) == (State.FAILED, "因为没有", None)
    assert fresh(job).finished_at and stored() == []


def test_a_fault_becomes_a_sentence_without_its_inside(monkeypatch):
    def fail(job, out, progress):
        raise RuntimeError("secret inside")

    use(monkeypatch, fail)
    job = make_job()
    run_job(job.pk)
    assert fresh(job).state == State.FAILED
    assert fresh(job).message and "secret" not in fresh(job).message


@pytest.mark.parametrize("fault", [OperationalError("database is locked"), OSError(28, "No space left on device")])
def test_a_passing_fault_is_tried_again(monkeypatch, fault):
    def fail(job, out, progress):
        raise fault

    use(monkeypatch, fail)
    job = make_job()
    run_job(job.pk)
    assert (fresh(job).state, fresh(job).lease_until) == (State.QUEUED, None)
    use(monkeypatch, write_ten)
    run_job(job.pk)
    assert (fresh(job).state, fresh(job).attempts) == (State.DONE, 2)


def test_what_kills_every_worker_is_given_up(monkeypatch, sent):
    job = make_job()
    for round_ in range(1, running.ATTEMPTS + 1):
        with later(hours=round_):
            killed(monkeypatch, job)
    with later(hours=round_ + 1):
        assert run_job(job.pk) is False
        assert sweep_jobs() == {"reissued": 0, "given_up": 1}
    assert fresh(job).state == State.FAILED and fresh(job).message and sent == []


# cancelling


def test_a_waiting_job_is_cancelled_and_never_run():
    actor = make_actor(Role.COMMITTEE_STAFF)
    job = make_job(actor)
    assert cancel(job, actor=actor).state == State.CANCELLED
    assert run_job(job.pk) is False and stored() == []


def test_a_running_job_stops_at_its_next_row_and_leaves_nothing(monkeypatch):
    actor = make_actor(Role.COMMITTEE_STAFF)

    def make(job, out, progress):
        progress(1, 10)
        cancel(job, actor=actor)
        progress(2, 10)
        raise AssertionError("went on")

    use(monkeypatch, make)
    job = make_job(actor)
    run_job(job.pk)
    assert (fresh(job).state, fresh(job).done, fresh(job).result, stored()) == (State.CANCELLED, 1, None, [])


def test_a_job_cancelled_at_the_very_end_leaves_nothing(monkeypatch):
    actor = make_actor(Role.COMMITTEE_STAFF)

    def make(job, out, progress):
        cancel(job, actor=actor)
        return "x.xlsx"

    use(monkeypatch, make)
    job = make_job(actor)
    run_job(job.pk)
    assert (fresh(job).state, fresh(job).result, stored()) == (State.CANCELLED, None, [])
    assert not Attachment.objects.exists()


def test_a_finished_job_cannot_be_cancelled():
    actor = make_actor(Role.COMMITTEE_STAFF)
    job = make_job(actor)
    run_job(job.pk)
    with pytest.raises(Conflict):
        cancel(job, actor=actor)
    assert fresh(job).state == State.DONE


def test_only_whoever_asked_may_cancel():
    job = make_job()
    with pytest.raises(NotAllowed):
        cancel(job, actor=make_actor(Role.COMMITTEE_STAFF))
    assert fresh(job).state == State.QUEUED


# by hand, and health


def test_the_command_does_what_waits():
    jobs = [make_job(), make_job()]
    out = StringIO()
    call_command("run_jobs", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"given_up": 0, "run": 2}
    assert {fresh(job).state for job in jobs} == {State.DONE}
    assert run_due() == 0


def test_a_queue_that_stands_still_is_unwell():
    make_job()
    queue()
    with later(minutes=11), pytest.raises(Unwell):
        queue()


def test_the_broker_knows_the_tasks():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    assert {"files.tasks.sweep_jobs", "files.tasks.sweep_files"} <= scheduled
    current_app.loader.import_default_modules()
    assert {"files.tasks.run_job", *scheduled} <= set(current_app.tasks)


def test_a_rolled_back_act_asks_for_nothing(django_capture_on_commit_callbacks, sent):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        make_job()
        transaction.set_rollback(True)
    assert sent == [] and not Job.objects.exists()


def test_the_sentence_is_in_the_language_of_whoever_asked(monkeypatch):
    def fail(job, out, progress):
        raise RuntimeError

    use(monkeypatch, fail)
    actor = make_actor(Role.COMMITTEE_STAFF)
    type(actor.user).objects.filter(pk=actor.user.pk).update(language="en")
    english, chinese = make_job(actor), make_job()
    run_job(english.pk), run_job(chinese.pk)
    assert settings.LANGUAGE_CODE == "zh-hans"
    assert fresh(english).message.startswith("This did not succeed")
