"""A report is made by a job, as the post that asked may see it, for nobody else."""

from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Post, Role
from files.kinds import title
from files.models import Job
from files.storage import local
from files.transitions import enqueue, run_job
from files.workbooks import open_workbook
from supervision import reports
from supervision.reports import jobs, progress
from tests.deliberations.cycle_factory import make_round
from tests.deliberations.visiting import completed
from tests.factory import SINCE, make_actor
from tests.suggestions.factory import judged, make_county
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real_kinds(settings):
    settings.JOB_KINDS = "config.jobs.JOBS"


def made(actor):
    job = enqueue("report", key=f"report:{actor.post.pk}", args={"name": "progress"}, actor=actor)
    run_job(job.pk)
    job.refresh_from_db()
    return job


def test_the_progress_workbook_comes_out_of_a_job(client):
    actor = make_actor(Role.COMMITTEE_STAFF)
    job = made(actor)
    assert job.state == Job.State.DONE, job.message
    assert job.result.name == f"代表建议办理进度{clock.today():%Y%m%d}.xlsx"
    book = open_workbook(local(job.result.path))
    assert [sheet.name for sheet in book.sheets] == ["汇总", "按承办单位", "按类别", "交办清单", "办理台账", "统计口径"]
    assert book.sheets[1].rows[2] == list(progress.BY_ORGAN)
    assert job.done == job.total >= len(progress.DEFINITIONS)


def test_it_is_asked_for_by_a_button_and_downloaded_by_whoever_asked(client, django_capture_on_commit_callbacks, sent):
    actor = make_actor(Role.ORGAN_HANDLER)
    client.force_login(actor.user)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("supervision:make_report", args=["progress"]))["Location"]
    [(_, pk)] = sent
    run_job(pk)
    job = Job.objects.get(pk=pk)
    assert page == reverse("files:job", args=[job.uuid])
    result = reverse("files:job_result", args=[job.uuid])
    shown = client.get(page)
    assert result in shown.content.decode()
    # that it is finished says the page; no message from before contradicts it
    assert not list(shown.context["messages"])
    assert client.get(result).status_code == 200
    client.force_login(make_actor(Role.ORGAN_HANDLER, organ=actor.post.organ).user)
    assert client.get(result).status_code == 404
    client.force_login(make_actor(Role.COMMITTEE_STAFF).user)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("name", reports.REPORTS)
def test_the_total_is_known_from_the_first_row(name):
    told = []
    actor = make_actor(Role.COMMITTEE_STAFF)
    county = make_county()
    judged(county, "DISSATISFIED")
    completed(county)
    job = enqueue("report", key="k", args={"name": name}, actor=actor)
    jobs.make(job, BytesIO(), lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total in told} == {len(told)}


def test_a_post_that_ended_sees_nothing():
    actor = make_actor(Role.COMMITTEE_STAFF)
    assert reports.as_of_post(actor.post).post == actor.post
    actor.post.until = clock.today().replace(year=2025)
    actor.post.save()
    assert reports.as_of_post(actor.post).post is None


def test_it_is_written_as_the_post_that_asked_and_no_other(monkeypatch):
    seen = []
    report = reports.REPORTS["progress"]
    monkeypatch.setitem(
        reports.REPORTS, "progress", replace(report, sheets=lambda actor, cycle: seen.append(actor) or [])
    )
    actor = make_actor(Role.ORGAN_HANDLER)
    Post.objects.create(user=actor.user, role=Role.COMMITTEE_STAFF, since=SINCE)
    job = enqueue("report", key="k", args={"name": "progress"}, actor=actor)
    with suppress(IndexError):
        jobs.make(job, BytesIO(), lambda done, total: None)
    assert [(as_whom.user, as_whom.post) for as_whom in seen] == [(actor.user, actor.post)]


def test_asking_twice_while_it_is_being_made_makes_one(client):
    client.force_login(make_actor(Role.COMMITTEE_STAFF).user)
    ask = reverse("supervision:make_report", args=["progress"])
    first, second = client.post(ask)["Location"], client.post(ask)["Location"]
    assert first == second and Job.objects.count() == 1
    run_job(Job.objects.get().pk)
    assert client.post(ask)["Location"] != first


def test_of_a_cycle_the_job_and_its_file_bear_the_cycles_name(client, sent, django_capture_on_commit_callbacks):
    cycle = make_round().cycle
    actor = make_actor(Role.COMMITTEE_STAFF)
    client.force_login(actor.user)
    ask = reverse("supervision:make_report", args=["deliberation"])
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(ask, {"cycle": cycle.pk})["Location"]
    run_job(sent[0][1])
    job = Job.objects.get()
    assert job.result.name == f"议政会汇总表({cycle.title}){clock.today():%Y%m%d}.xlsx"
    assert cycle.title in title(job)
    assert client.post(ask)["Location"] != page, "of everything is another workbook"


def test_the_finished_job_says_name_size_and_rows(client):
    actor = make_actor(Role.COMMITTEE_STAFF)
    job = made(actor)
    client.force_login(actor.user)
    page = client.get(reverse("files:job", args=[job.uuid])).content.decode()
    assert job.result.name in page
    assert f"{job.done} 行" in page or f"{job.done} rows" in page


def test_a_cycle_that_has_gone_fails_with_a_sentence():
    actor = make_actor(Role.COMMITTEE_STAFF)
    job = enqueue("report", key="k", args={"name": "progress", "cycle": 0, "title": "x"}, actor=actor)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.FAILED, gettext("There is no such deliberation cycle any more."))
