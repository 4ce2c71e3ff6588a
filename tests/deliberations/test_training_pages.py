"""The pages of a training: who sees what, answering, the code on the wall, the sheet, readiness, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Attendance, Training
from deliberations.transitions import preparation
from deliberations.transitions import training as verbs
from tests.deliberations.cycle_factory import training as recorded
from tests.deliberations.photos import photo
from tests.deliberations.trainees import School
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import pdf, send, signed_in
from workflow import clock

pytestmark = pytest.mark.django_db
S = Attendance.State


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def school():
    return School()


def page(training):
    return reverse("deliberations:training", args=[training.pk])


def act_url(training, verb):
    return reverse("deliberations:training_act", args=[training.pk, verb])


def answer_url(row):
    return reverse("deliberations:answer_training", args=[row.pk])


def code_url(training):
    return reverse("public:training_sign_in", args=[training.sign_in_token])


def done(actor, url, **typed):
    got = send(actor, url, **typed)
    form = got.context and got.context.get("form")
    assert got.status_code == 302, (url, got.status_code, form and form.errors)
    return got


def plan(school, actor, **typed):
    url = reverse("deliberations:plan_training", args=[school.round.cycle.pk])
    facts = {
        "title": "站里培训", "on": (TODAY + timedelta(3)).isoformat(), "place": "活动室", "lecturer": "王老师",
        "content": "走访怎么记", "hours": "2",
    }  # fmt: skip
    return done(actor, url, **(facts | typed))


def test_a_liaison_plans_invites_and_ticks_the_photo_of_the_sheet(school):
    plan(school, school.liaison, station=school.station.pk)
    training = Training.objects.get()
    assert training.station == school.station
    shown = signed_in(school.liaison).get(page(training))
    assert {act["verb"] for act in shown.context["acts"]} >= {"change_training", "invite_to_training"}
    assert "note_training" not in {act["verb"] for act in shown.context["acts"]}
    with clock.at(clock.now() + timedelta(3)):
        first, second = school.line(training, 0), school.line(training, 1)
        typed = {f"there_{first.pk}": "on", f"reason_{second.pk}": "住院", "way": "PHOTO"}
        done(school.liaison, act_url(training, "note_training"), sheet=[photo("一.jpg"), photo("二.jpg")], **typed)
        shown = signed_in(school.liaison).get(page(training))
    first.refresh_from_db()
    assert (first.state, first.way) == ("PRESENT", "PHOTO")
    assert [paper.kind for paper in shown.context["papers"]] == ["SIGN_IN", "SIGN_IN"]
    assert shown.context["totals"] == {
        "due": 2, "present": 1, "leave": 1, "absent": 0, "going": 0, "silent": 0, "rate": 50,
    }  # fmt: skip


def test_a_sheet_that_is_no_photo_saves_nothing(school):
    training = school.plan(0)
    row = school.line(training)
    typed = {f"there_{row.pk}": "on", "way": "PHOTO"}
    got = send(school.staff, act_url(training, "note_training"), sheet=photo("坏.jpg", b"no photo"), **typed)
    assert got.status_code == 422
    row.refresh_from_db()
    assert row.state == S.EXPECTED


def test_a_deputy_answers_on_a_large_page_and_a_leave_without_reason_is_told(school):
    row = school.line(school.plan())
    client = signed_in(school.deputy)
    shown = client.get(page(row.training))
    words = shown.content.decode()
    assert 'class="large"' in words and answer_url(row) in words
    assert "王秀兰" not in words  # who else is invited is none of a deputy's business
    assert client.post(answer_url(row), {"going": "no", "reason": ""}).status_code == 422
    assert client.post(answer_url(row), {"going": "?"}).status_code == 422
    assert client.post(answer_url(row), {"going": "yes"}).status_code == 302
    row.refresh_from_db()
    assert row.state == S.GOING
    assert client.get(answer_url(row)).status_code == 405


def test_another_deputy_s_line_is_not_there(school):
    row = school.line(school.plan())
    assert signed_in(school.far_deputy).post(answer_url(row), {"going": "yes"}).status_code == 404
    assert signed_in(school.other_liaison).post(answer_url(row), {"going": "yes"}).status_code == 404
    assert signed_in(make_actor(Role.CHAIRPERSON)).post(answer_url(row), {"going": "yes"}).status_code == 403


def test_the_code_takes_one_tap_and_everybody_else_gets_a_sentence(school):
    training = school.plan(0)
    url = code_url(training)
    client = signed_in(school.deputy)
    assert client.get(url).status_code == 200
    assert school.line(training).state == S.EXPECTED  # opening signs nobody in
    assert client.post(url, follow=True).status_code == 200
    assert (school.line(training).state, school.line(training).way) == ("PRESENT", "QR")
    for actor in (school.staff, school.liaison):
        got = signed_in(actor).post(url)
        assert (got.status_code, bool(got.context["sentence"])) == (403, True)
    stranger = make_actor(Role.DEPUTY, person=make_person("外站代表"))
    assert signed_in(stranger).get(url).status_code == 403
    assert signed_in(make_actor(Role.ORGAN_HANDLER)).get(url).status_code == 404


def test_a_code_of_another_day_one_that_was_renewed_and_one_that_never_was(school):
    training = school.plan(1)
    client = signed_in(school.deputy)
    assert client.get(code_url(training)).status_code == 409
    assert client.post(code_url(training)).status_code == 409
    old = code_url(training)
    done(school.staff, act_url(training, "renew_sign_in_code"))
    assert client.get(old).status_code == 404
    assert client.get(reverse("public:training_sign_in", args=["never-was-one"])).status_code == 404
    assert school.line(training).state == S.EXPECTED


def test_whoever_is_not_signed_in_signs_in_first(school, client):
    got = client.get(code_url(school.plan(0)))
    assert got.status_code == 302 and got.url.startswith(reverse("accounts:sign_in"))


def test_the_sheet_to_print_has_the_names_and_is_for_whoever_holds_it(school):
    training = school.plan()
    url = reverse("deliberations:training_sheet", args=[training.pk])
    words = signed_in(school.staff).get(url).content.decode()
    assert all(name in words for name in ("周大爷", "王秀兰", "孙远山", "签到表", "应到 3 人"))
    assert signed_in(make_actor(Role.CHAIRPERSON)).get(url).status_code == 200
    assert signed_in(school.liaison).get(url).status_code == 403
    assert signed_in(school.deputy).get(url).status_code == 403
    code = reverse("deliberations:training_code", args=[training.pk])
    assert 'class="qr"' in signed_in(school.staff).get(code).content.decode()
    assert signed_in(school.liaison).get(code).status_code == 403


def test_papers_content_for_everybody_photos_for_who_sees_the_sheet(school):
    training = school.plan(0)
    done(school.staff, act_url(training, "add_training_files"), kind="CONTENT", uploads=pdf("讲义.pdf"))
    done(
        school.staff, act_url(training, "add_training_files"), kind="PHOTO", uploads=[photo("一.jpg"), photo("二.jpg")]
    )
    content, first, _second = training.papers.all()
    urls = [reverse("deliberations:training_file", args=[training.pk, paper.pk]) for paper in (content, first)]
    assert [signed_in(school.deputy).get(url).status_code for url in urls] == [200, 403]
    assert signed_in(school.staff).get(urls[1])["Content-Type"] == "image/jpeg"
    take = reverse("deliberations:training_part_act", args=[training.pk, "remove_training_file", first.pk])
    done(school.staff, take, reason="模糊")
    assert training.papers.count() == 2
    other = school.plan(0, title="另一次")
    foreign = reverse("deliberations:training_part_act", args=[other.pk, "remove_training_file", content.pk])
    assert signed_in(school.staff).get(foreign).status_code == 404


def test_wrong_kinds_and_an_empty_choice_are_told(school):
    training = school.plan(0)
    url = act_url(training, "add_training_files")
    assert send(school.staff, url, kind="PHOTO").status_code == 422
    assert send(school.staff, url, kind="PHOTO", uploads=pdf("讲义.pdf")).status_code == 422
    assert not training.papers.exists()


def test_an_old_row_is_corrected_as_before_and_a_planned_one_asks_no_figures(school):
    old = preparation.record_training(school.round.cycle, recorded(), actor=school.staff, version=school.version)
    url = reverse("deliberations:cycle_part_act", args=[school.round.cycle.pk, "correct_training", old.pk])
    assert "present" in signed_in(school.staff).get(url).context["form"].fields
    training = school.plan()
    form = signed_in(school.staff).get(act_url(training, "change_training")).context["form"]
    assert not {"due", "present", "station"} & set(form.fields)
    words = signed_in(school.staff).get(page(old)).content.decode()
    assert "28 / 30" in words


def test_a_cancelled_training_leads_back_to_the_list(school):
    training = school.plan()
    got = done(school.staff, act_url(training, "cancel_training"), reason="防汛")
    assert got.url == reverse("deliberations:trainings")
    assert signed_in(school.staff).get(page(training)).status_code == 404
    empty = signed_in(school.staff).get(reverse("deliberations:trainings"))
    assert empty.status_code == 200 and not empty.context["rows"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.COMMITTEE_STAFF, 200), (Role.CHAIRPERSON, 200), (Role.TOWNSHIP, 200), (Role.DELEGATION_OFFICER, 200),
        (Role.ORGAN_HANDLER, 404), (Role.SYSTEM_ADMIN, 404), (Role.PARTY_OFFICE, 404),
    ],
)  # fmt: skip
def test_which_roles_see_a_training(school, role, expected):
    training = school.plan()
    actor = make_actor(role)
    assert signed_in(actor).get(page(training)).status_code == expected
    listed = signed_in(actor).get(reverse("deliberations:trainings")).status_code
    assert listed == (200 if expected == 200 else 403)
    if role != Role.COMMITTEE_STAFF:
        assert signed_in(actor).post(act_url(training, "cancel_training")).status_code == (
            403 if expected == 200 else 404
        )


def test_readiness_stands_in_the_cycle_and_deputy_by_deputy(school):
    training = school.plan(0)
    verbs.sign_in(school.line(training), actor=school.deputy, token=training.sign_in_token)
    url = reverse("deliberations:readiness", args=[school.round.cycle.pk])
    cycle = signed_in(school.staff).get(reverse("deliberations:cycle", args=[school.round.cycle.pk]))
    assert url in cycle.content.decode()
    assert signed_in(school.staff).get(url).context["sum"]["trained"] == 1
    assert [row.station for row in signed_in(school.liaison).get(url).context["stations"]] == [school.station]
    assert signed_in(school.deputy).get(url).status_code == 403
    alone = make_actor(Role.STATION)
    assert signed_in(alone).get(url).status_code == 200


def test_twenty_deputies_cost_as_many_queries_as_ten(school):
    def queries(url):
        client = signed_in(school.staff)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    for _ in range(10):
        make_mandate(station=school.station)
    training = school.plan(0)
    urls = (page(training), reverse("deliberations:readiness", args=[school.round.cycle.pk]))
    few = [queries(url) for url in urls]
    training.attendance.all().delete()
    training.delete()
    for _ in range(10):
        make_mandate(station=school.other)
    training = school.plan(0)
    urls = (page(training), urls[1])
    assert [queries(url) for url in urls] == few
    assert max(few) <= 40
