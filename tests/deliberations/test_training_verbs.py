"""A training: planned, answered, signed in to, noted; each refusal with its sentence (R27–R31, F12, F17)."""

from datetime import timedelta

import pytest

from accounts.models import Role
from deliberations.models import Attendance, Training, TrainingFile
from deliberations.readiness import readiness, summed
from deliberations.transitions import preparation, training_papers
from deliberations.transitions import training as verbs
from deliberations.transitions.training import Tick
from notifications.models import Notification
from tests.deliberations.cycle_factory import training as recorded
from tests.deliberations.meeting_factory import assert_chain_holds, last
from tests.deliberations.photos import photo
from tests.deliberations.trainees import School
from tests.factory import make_actor, make_mandate, make_person, make_station
from tests.suggestions.factory import TODAY, noon
from workflow import clock
from workflow.engine import Conflict, Invalid, NotAllowed, Stale

pytestmark = pytest.mark.django_db
S, W = Attendance.State, Attendance.Way


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def school():
    return School()


def states(training):
    return dict(training.attendance.values_list("name", "state"))


def on_the_day(training):
    return clock.at(clock.now() + timedelta((training.on - clock.today()).days))


def test_a_central_training_invites_every_active_deputy_once_and_tells_them(school):
    twice = make_mandate(school.mandates[0].person, "TOWNSHIP", school.station)
    ended = make_mandate(make_person("已辞职"), station=school.station)
    type(ended).objects.filter(pk=ended.pk).update(ended_on=TODAY)
    make_mandate(make_person("别处的"), station=make_station())
    training = school.plan()
    assert states(training) == dict.fromkeys(("周大爷", "王秀兰", "孙远山"), "EXPECTED")
    assert not training.attendance.filter(mandate=twice).exists()
    assert (training.due, training.present, training.mode) == (3, 0, "CENTRAL")
    told = Notification.objects.filter(kind="training.invited")
    assert told.filter(recipient=school.deputy.user).count() == 1
    # 王秀兰 has no account: whoever runs her station hears it
    assert told.filter(recipient=school.liaison.user).count() == 1
    assert last(school.round.cycle).verb == "plan_training"


def test_a_training_at_a_station_is_of_its_deputies_and_its_liaison_plans_it(school):
    training = school.plan(actor=school.liaison, station=school.station)
    assert set(states(training)) == {"周大爷", "王秀兰"}
    assert training.mode == Training.Mode.STATION


@pytest.mark.parametrize("who", ["other_liaison", "deputy"])
def test_nobody_else_plans_at_a_station(school, who):
    with pytest.raises(NotAllowed):
        school.plan(actor=getattr(school, who), station=school.station)
    assert not Training.objects.exists()


def test_a_liaison_plans_no_central_training(school):
    with pytest.raises(NotAllowed):
        school.plan(actor=school.liaison)


def test_a_station_of_no_part_and_nobody_to_invite_are_refused(school):
    with pytest.raises(Invalid) as refused:
        school.plan(station=make_station())
    assert refused.value.code == "not_taking_part"
    with pytest.raises(Invalid) as refused:
        school.plan(invited=[])
    assert refused.value.code == "nobody"
    suspended = make_mandate(make_person("停职"), station=school.station)
    type(suspended).objects.filter(pk=suspended.pk).update(suspended_from=TODAY)
    with pytest.raises(Invalid) as refused:
        school.plan(invited=[suspended])
    assert refused.value.code == "not_of_it"
    assert not Training.objects.exists()


def test_whom_to_invite_is_chosen_anew_and_only_the_new_ones_are_told(school):
    training = school.plan(invited=school.mandates[:1])
    Notification.objects.all().delete()
    verbs.invite(training, school.mandates[1:], actor=school.staff, version=school.version)
    assert set(states(training)) == {"王秀兰", "孙远山"}
    training.refresh_from_db()
    assert training.due == 2
    assert not Notification.objects.filter(recipient=school.deputy.user).exists()
    assert Notification.objects.filter(recipient=school.far_deputy.user, kind="training.invited").exists()
    with pytest.raises(Invalid):
        verbs.invite(training, school.mandates[1:], actor=school.staff, version=school.version)
    with pytest.raises(Stale):
        verbs.invite(training, school.mandates, actor=school.staff, version=school.version - 1)


def test_a_deputy_comes_then_asks_for_leave_with_a_reason(school):
    row = school.line(school.plan())
    verbs.answer(row, actor=school.deputy, going=True)
    with pytest.raises(Invalid) as refused:
        verbs.answer(row, actor=school.deputy, going=False, reason="  ")
    assert refused.value.code == "reason_missing"
    row = verbs.answer(row, actor=school.deputy, going=False, reason="住院")
    assert (row.state, row.leave_reason) == (S.LEAVE, "住院")
    assert last(school.round.cycle).on_behalf_of is None


def test_the_liaison_of_the_deputy_answers_for_them_and_the_record_says_so(school):
    row = school.line(school.plan(), 1)
    verbs.answer(row, actor=school.liaison, going=True)
    told = last(school.round.cycle)
    assert (told.on_behalf_of, told.how) == (school.mandates[1].person, "TELEPHONE")


@pytest.mark.parametrize("who", ["other_liaison", "far_deputy"])
def test_nobody_else_answers(school, who):
    with pytest.raises(NotAllowed):
        verbs.answer(school.line(school.plan()), actor=getattr(school, who), going=True)


def test_the_code_signs_in_on_the_day_only_and_twice_is_once(school):
    training = school.plan()
    row, token = school.line(training), training.sign_in_token
    with pytest.raises(Conflict) as refused:
        verbs.sign_in(row, actor=school.deputy, token=token)
    assert refused.value.code == "too_early"
    with on_the_day(training):
        row = verbs.sign_in(row, actor=school.deputy, token=token)
        events = school.round.cycle.events.count()
        again = verbs.sign_in(row, actor=school.deputy, token=token)
        assert (row.state, row.way, again.signed_at) == (S.PRESENT, W.QR, row.signed_at)
        assert school.round.cycle.events.count() == events
        with pytest.raises(Conflict) as refused:
            verbs.answer(row, actor=school.deputy, going=False, reason="想走")
        assert refused.value.code == "signed_in"
    with clock.at(clock.now() + timedelta(6)), pytest.raises(Conflict) as refused:
        verbs.sign_in(school.line(training, 2), actor=school.far_deputy, token=token)
    assert refused.value.code == "over"
    training.refresh_from_db()
    assert (training.due, training.present) == (3, 1)


def test_nobody_signs_in_for_another_nor_with_a_code_that_was_renewed(school):
    training = school.plan(0)
    old = training.sign_in_token
    for actor in (school.far_deputy, school.liaison, school.staff):
        with pytest.raises(NotAllowed):
            verbs.sign_in(school.line(training), actor=actor, token=old)
    verbs.renew_code(training, actor=school.staff, version=school.version)
    for token in (old, ""):
        with pytest.raises(Conflict) as refused:
            verbs.sign_in(school.line(training), actor=school.deputy, token=token)
        assert refused.value.code == "renewed"


def test_the_sheet_is_ticked_off_its_photo_and_who_scanned_stays_so(school):
    training = school.plan(0)
    verbs.sign_in(school.line(training), actor=school.deputy, token=training.sign_in_token)
    first, second, third = (school.line(training, number) for number in range(3))
    ticks = {first.pk: Tick(True), second.pk: Tick(True), third.pk: Tick(False, "出差")}
    verbs.note_sheet(training, ticks, actor=school.staff, version=school.version, way=W.PHOTO)
    assert list(training.attendance.order_by("pk").values_list("state", "way")) == [
        ("PRESENT", "QR"), ("PRESENT", "PHOTO"), ("LEAVE", ""),
    ]  # fmt: skip
    training.refresh_from_db()
    assert (training.due, training.present) == (3, 2)
    assert last(school.round.cycle).detail.changes == {
        "training": "议政前培训", "way": "PHOTO", "present": 2, "leave": 1, "absent": 0,
    }  # fmt: skip


def test_a_sheet_before_the_day_a_tick_with_a_reason_and_other_hands_are_refused(school):
    training = school.plan()
    with pytest.raises(Conflict):
        verbs.note_sheet(training, {}, actor=school.staff, version=school.version)
    with on_the_day(training):
        both = {school.line(training).pk: Tick(True, "住院")}
        with pytest.raises(Invalid) as refused:
            verbs.note_sheet(training, both, actor=school.staff, version=school.version)
        assert refused.value.code == "both"
        with pytest.raises(NotAllowed):
            verbs.note_sheet(training, {}, actor=school.liaison, version=school.version)
    assert set(states(training).values()) == {"EXPECTED"}


def test_a_training_that_will_not_be_held_leaves_the_list_and_stays_in_the_record(school):
    training = school.plan()
    with pytest.raises(Invalid):
        verbs.cancel_training(training, actor=school.staff, version=school.version, reason=" ")
    verbs.cancel_training(training, actor=school.staff, version=school.version, reason="防汛")
    assert not Training.objects.exists() and not Attendance.objects.exists()
    assert last(school.round.cycle).detail.reason == "防汛"
    assert Notification.objects.filter(recipient=school.deputy.user, kind="training.cancelled").exists()


def test_what_was_held_is_not_cancelled(school):
    training = school.plan(0)
    verbs.sign_in(school.line(training), actor=school.deputy, token=training.sign_in_token)
    with pytest.raises(Conflict) as refused:
        verbs.cancel_training(training, actor=school.staff, version=school.version, reason="误")
    assert refused.value.code == "held"


def test_figures_of_a_sheet_are_not_typed_and_those_of_an_old_row_are_kept(school):
    old = preparation.record_training(school.round.cycle, recorded(), actor=school.staff, version=school.version)
    with pytest.raises(Conflict) as refused:
        verbs.note_sheet(old, {}, actor=school.staff, version=school.version)
    assert refused.value.code == "no_sheet"
    planned = school.plan()
    facts = recorded(title="改了", on=planned.on + timedelta(1), due=99, present=98)
    preparation.correct_training(planned, facts, actor=school.staff, version=school.version)
    planned.refresh_from_db()
    assert (planned.title, planned.due, planned.present) == ("改了", 3, 0)
    assert Notification.objects.filter(recipient=school.deputy.user, kind="training.changed").exists()
    old.refresh_from_db()
    assert (old.due, old.present) == (30, 28)


def test_a_liaison_corrects_the_own_station_s_training_only(school):
    training = school.plan(station=school.station)
    facts = recorded(title="站里改的", on=training.on)
    with pytest.raises(NotAllowed):
        preparation.correct_training(training, facts, actor=school.other_liaison, version=school.version)
    preparation.correct_training(training, facts, actor=school.liaison, version=school.version)
    training.refresh_from_db()
    assert (training.title, training.station) == ("站里改的", school.station)


def test_photos_are_kept_without_place_and_what_is_no_photo_is_refused(school):
    training = school.plan(0)
    about = {"actor": school.staff, "kind": TrainingFile.Kind.PHOTO}
    training_papers.add_files(training, version=school.version, uploads=[photo("一.jpg"), photo("二.jpg")], **about)
    assert [paper.file.content_type for paper in training.papers.all()] == ["image/jpeg"] * 2
    with pytest.raises(Invalid) as refused:
        training_papers.add_files(
            training, version=school.version, uploads=[photo("好.jpg"), photo("坏.jpg", b"no photo")], **about
        )
    assert refused.value.field == "uploads"
    assert training.papers.count() == 2
    paper = training.papers.first()
    training_papers.remove_file(paper, actor=school.staff, version=school.version, reason="模糊")
    assert training.papers.count() == 1


def test_the_news_is_written_once(school):
    training = school.plan(0)
    training_papers.write_news(training, actor=school.staff, version=school.version, news="今天培训。")
    with pytest.raises(Invalid):
        training_papers.write_news(training, actor=school.staff, version=school.version, news=" 今天培训。 ")


def test_readiness_counts_who_was_trained_by_person(school):
    training = school.plan(0)
    verbs.sign_in(school.line(training), actor=school.deputy, token=training.sign_in_token)
    found = readiness(school.round.cycle, school.staff)
    assert [(row.station, row.trained, len(row.deputies), row.conveyed) for row in found] == [
        (school.station, 1, 2, False), (school.other, 0, 1, False),
    ]  # fmt: skip
    assert summed(found) == {"stations": 2, "conveyed": 0, "deputies": 3, "trained": 1, "ready": 1}
    assert [row.station for row in readiness(school.round.cycle, school.liaison)] == [school.station]


def test_of_a_training_with_figures_only_nobody_is_called_untrained(school):
    preparation.record_training(school.round.cycle, recorded(), actor=school.staff, version=school.version)
    assert {row.trained for found in readiness(school.round.cycle, school.staff) for row in found.deputies} == {None}


def test_who_sees_which_lines(school):
    school.plan()
    bureau = make_actor(Role.ORGAN_HANDLER)

    def seen(actor):
        return set(Attendance.objects.visible_to(actor).values_list("name", flat=True))

    assert seen(school.staff) == {"周大爷", "王秀兰", "孙远山"}
    assert seen(school.liaison) == {"周大爷", "王秀兰"}
    assert seen(school.deputy) == {"周大爷"}
    assert seen(bureau) == set()
    assert not Training.objects.visible_to(bureau).exists()


def test_the_record_of_it_all_holds(school):
    training = school.plan(0)
    verbs.answer(school.line(training), actor=school.deputy, going=True)
    verbs.sign_in(school.line(training), actor=school.deputy, token=training.sign_in_token)
    verbs.note_sheet(training, {}, actor=school.staff, version=school.version)
    assert_chain_holds(school.round.cycle)
