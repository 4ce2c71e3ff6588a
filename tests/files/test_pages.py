"""The pages of one's own jobs, and of what was imported."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import Role
from files import storage
from files.models import ImportBatch, Job
from files.transitions import run_job
from tests.factory import make_actor
from tests.files.factory import make_job
from workflow import clock

pytestmark = pytest.mark.django_db
JOBS, IMPORTS = reverse("files:jobs"), reverse("files:imports")


@pytest.fixture
def staff(client):
    actor = make_actor(Role.COMMITTEE_STAFF)
    client.force_login(actor.user)
    return actor


def make_batch(**fields):
    row = {"sheet": "名册", "row": 59, "column": "代表证号", "code": "duplicate", "reason": "重复"}
    given = {"kind": "roster", "name": "名册.xlsx", "sha256": "0" * 64, "counts": {"deputies": 831}, "refused": [row]}
    return ImportBatch.objects.create(at=clock.now(), **{**given, **fields})


def page(name, job):
    return reverse(f"files:{name}", args=[job.uuid])


def test_my_jobs_are_listed_newest_first(client, staff):
    first, second = make_job(staff), make_job(staff)
    make_job()
    response = client.get(JOBS)
    assert [row.pk for row in response.context["rows"]] == [second.pk, first.pk]
    assert page("job", first) in response.content.decode()


def test_an_empty_list_answers(client, staff):
    assert client.get(JOBS).status_code == 200
    assert client.get(IMPORTS).status_code == 200


@pytest.mark.parametrize("name", ["jobs", "imports"])
def test_a_list_asks_no_more_for_more_rows(client, staff, name, django_assert_max_num_queries):
    def add(count):
        for _ in range(count):
            run_job(make_job(staff).pk)
            make_batch(by=make_actor(Role.COMMITTEE_STAFF).user)

    url = reverse(f"files:{name}")
    add(10)
    client.get(url)
    with django_assert_max_num_queries(50) as few:
        client.get(url)
    add(10)
    with django_assert_max_num_queries(50) as many:
        assert len(client.get(url).context["rows"]) == 20
    assert len(few) == len(many)


def test_a_job_that_waits_looks_again_by_itself_and_can_be_cancelled(client, staff):
    job = make_job(staff)
    response = client.get(page("job", job))
    assert response.context["job"] == job and response.context["may_cancel"]
    assert f'hx-get="{page("job", job)}"' in response.content.decode()
    assert page("cancel_job", job) in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert client.get(page("job_result", job)).status_code == 404


def test_a_finished_job_offers_its_file(client, staff):
    job = make_job(staff)
    run_job(job.pk)
    response = client.get(page("job", job))
    assert page("job_result", job) in response.content.decode()
    assert f"{settings.SITE_URL}{page('job', job)}</textarea>" in response.content.decode()
    assert "hx-trigger" not in response.content.decode() and not response.context["may_cancel"]
    download = client.get(page("job_result", job))
    assert b"".join(download.streaming_content) == b"row\n" * 10
    assert download["Content-Disposition"].startswith("attachment")


def test_cancelling_leads_back_to_the_job(client, staff):
    job = make_job(staff)
    response = client.post(page("cancel_job", job))
    assert (response.status_code, response["Location"]) == (302, page("job", job))
    assert Job.objects.get(pk=job.pk).state == Job.State.CANCELLED
    assert client.post(page("cancel_job", job)).status_code == 409
    assert client.get(page("cancel_job", job)).status_code == 405


@pytest.mark.parametrize("name", ["job", "job_result", "cancel_job"])
def test_a_strangers_job_is_not_there(client, staff, name):
    job = make_job()
    run_job(job.pk)
    ask = client.post if name == "cancel_job" else client.get
    assert ask(page(name, job)).status_code == 404
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE


def test_a_job_belongs_to_the_post_it_was_asked_under(client, staff):
    job = make_job(staff)
    run_job(job.pk)
    staff.post.until = clock.today().replace(year=2025)
    staff.post.save()
    for name in ("job", "job_result"):
        assert client.get(page(name, job)).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client):
    job = make_job()
    for url in (JOBS, IMPORTS, page("job", job), page("job_result", job)):
        assert client.get(url)["Location"].startswith(reverse("accounts:sign_in"))


def test_a_result_that_is_gone_is_not_found(client, staff):
    job = make_job(staff)
    run_job(job.pk)
    storage.local(Job.objects.get(pk=job.pk).result.path).unlink()
    assert client.get(page("job_result", job)).status_code == 404


def test_staff_see_what_was_imported_and_why_rows_were_refused(client, staff):
    batch = make_batch()
    detail = reverse("files:import", args=[batch.pk])
    assert detail in client.get(IMPORTS).content.decode()
    text = client.get(detail).content.decode()
    assert all(word in text for word in ("名册.xlsx", "831", "59", "代表证号", "重复"))


@pytest.mark.parametrize("role", [Role.ORGAN_HANDLER, Role.DEPUTY, Role.CHAIRPERSON])
def test_nobody_else_sees_imports(client, role):
    client.force_login(make_actor(role).user)
    batch = make_batch()
    assert client.get(IMPORTS).status_code == 403
    assert client.get(reverse("files:import", args=[batch.pk])).status_code == 403
