"""The record of a visit in full (F10): leaders, further deputies, what was told, papers; and what cannot be."""

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Cycle, LeaderContact, Opinion, SubjectField, Topic, VisitFile
from deliberations.transitions import correcting, visiting
from deliberations.transitions.visit_facts import VisitFacts
from deliberations.transitions.visit_parts import Conveyed, Parts, parts_of
from files.models import Attachment
from stations.models import Mandate, ReceptionDay
from tests.deliberations.cycle_factory import mobilised
from tests.deliberations.in_full import kept, paper_of
from tests.deliberations.photos import photo
from tests.deliberations.visiting import (
    WORDS,
    Village,
    assert_chain_holds,
    closed,
    completed,
    events,
    fresh,
    logged,
    opinion_of,
    recorded,
)
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.factory import TODAY, make_scan, noon
from tests.suggestions.web import hidden, pdf, send, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed

COMPLETE = {"kind": "VISIT", "on": "2026-03-16", "place": "南门村", "route": "TO_MEETING", "tell_wish": "yes"}


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def url(case, verb):
    return reverse("deliberations:visit_act", args=[case.pk, verb])


def page_of(case):
    return reverse("deliberations:visit", args=[case.pk])


def text_of(actor, address):
    return signed_in(actor).get(address).content.decode()


def test_the_liaison_adds_leaders_deputies_papers_and_what_was_told(village):
    case, paper = logged(village), paper_of(village)
    leader = village.vice.user.person
    typed = COMPLETE | {
        "field": village.field.pk, "further": "王秀兰", "leaders": [leader.pk], "materials": [paper.pk],
        "told_decision": "县委供水决定", "paper_benefit": paper.pk, "about": paper.pk, "responsible": "村支书",
        "companions": "办公室小周",
    }  # fmt: skip
    assert send(village.liaison, url(case, "complete"), **typed).status_code == 302
    now = parts_of(fresh(case))
    assert (now.further, now.leaders, now.materials) == ([village.second], [leader], [paper])
    assert now.conveyed == [Conveyed("DECISION", "县委供水决定"), Conveyed("BENEFIT", "", paper)]
    row = opinion_of(case)
    assert (row.about, row.responsible) == (paper, "村支书")
    shown = text_of(village.deputy, page_of(case))
    for word in (leader.name, "王秀兰", "县委供水决定", paper.title, "村支书", "办公室小周"):
        assert word in shown
    told = events(case)[-1].detail.changes
    assert {"deputies", "leaders", "materials", "conveyed", "route"} <= set(told)
    assert "王秀兰" not in str(told)
    assert_chain_holds(case)


def test_leaders_are_those_of_the_committee_and_of_the_stations_contact(village):
    other = make_person("联系领导")
    LeaderContact.objects.create(cycle=mobilised().cycle, station=village.station, person=other)
    form = signed_in(village.liaison).get(url(logged(village), "complete")).context["form"]
    offered = set(form.fields["leaders"].queryset)
    assert offered == {village.chair.user.person, village.vice.user.person, other}
    assert "materials" not in form.fields and "about" not in form.fields  # there are none to choose from


def test_deputies_are_added_and_taken_out_but_never_the_one_who_noted_it(village):
    case = completed(village, parts=Parts(further=[village.second]))
    assert list(case.visitors.values_list("mandate", flat=True)) == [village.lead.pk, village.second.pk]
    typed = {"kind": "VISIT", "on": "2026-03-16", "place": "南门村"}
    assert send(village.liaison, url(case, "correct_visit"), further="", **typed).status_code == 302
    assert list(case.visitors.values_list("mandate", flat=True)) == [village.lead.pk]
    assert events(case)[-1].verb == "correct_visit"
    same = send(village.liaison, url(case, "correct_visit"), further="", **typed)
    assert same.status_code == 422


def correct(village, case, parts, **visit):
    facts_ = VisitFacts(**{"on": case.on, "place": case.place} | visit)
    given = {"actor": village.liaison, "version": fresh(case).version, "visit": facts_, "topics": ()}
    return correcting.correct_visit(case, parts=parts, **given)


@pytest.mark.parametrize("who", ["stranger", "lead", "second"])
def test_a_deputy_of_elsewhere_one_named_twice_or_suspended_does_not_come_along(village, who):
    Mandate.objects.filter(pk=village.second.pk).update(suspended_from=TODAY)
    village.second.refresh_from_db()
    case = completed(village)
    before = events(case)
    with pytest.raises(Invalid) as refused:
        correct(village, case, Parts(further=[getattr(village, who)]))
    code = {"stranger": "other_station", "lead": "twice", "second": "not_active"}[who]
    assert (refused.value.field, refused.value.code) == ("further", code)
    assert (events(case), case.visitors.count()) == (before, 1)


def test_the_note_of_a_deputy_suspended_since_can_still_be_completed(village):
    case = logged(village)
    Mandate.objects.filter(pk=village.lead.pk).update(suspended_from=TODAY + timedelta(1))
    with noon(TODAY + timedelta(2)):
        assert completed(village, case, visit={"on": TODAY}).status == "RECORDED"


def test_whom_it_does_not_concern_changes_no_facts(village):
    case = completed(village)
    for actor in (village.deputy, village.chair, village.other_liaison):
        with pytest.raises(NotAllowed):
            correcting.correct_visit(
                case, actor=actor, version=case.version, visit=VisitFacts(TODAY, "北门村"), topics=(), parts=Parts()
            )
    settled = closed(village)
    with pytest.raises(Conflict):
        correct(village, settled, Parts(), place="北门村")


def test_what_others_change_the_deputy_confirms_anew(village):
    case = completed(village)
    visiting.confirm(case, actor=village.deputy, version=case.version)
    correct(village, case, Parts(leaders=[village.vice.user.person]))
    assert fresh(case).confirmed_at is None


def test_a_topic_that_an_opinion_belongs_to_stays(village):
    round_ = mobilised()
    round_.cycle.stations.create(station=village.station)
    topic = round_.cycle.topics.get(status="SELECTED")
    case = completed(village, topics=[topic], opinion={"topic": topic})
    with pytest.raises(Invalid) as refused:
        correct(village, case, Parts(), place="北门村")
    assert refused.value.code == "topic_used"


@pytest.fixture
def round_(village):
    found = mobilised()
    found.cycle.stations.create(station=village.station)
    return found


def test_a_day_before_the_cycle_carries_none_of_its_topics(village, round_):
    topic = round_.cycle.topics.get(status="SELECTED")
    with pytest.raises(Invalid) as refused:
        recorded(village, topics=[topic], visit={"on": TODAY - timedelta(30)})
    assert (refused.value.field, refused.value.code) == ("on", "outside_cycle")
    typed = COMPLETE | {"on": "2026-02-01", "field": village.field.pk, "topics": [topic.pk], "words": WORDS}
    typed |= {"deputies": "周大爷", "how": "PAPER"}
    answer = send(village.liaison, reverse("deliberations:record_visit"), **typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"on"})
    assert WORDS in answer.content.decode()


def test_a_day_after_the_cycle_was_concluded_carries_none_either(village, round_):
    Cycle.objects.filter(pk=round_.cycle.pk).update(status="CONCLUDED")
    topic = Topic.objects.get(cycle=round_.cycle, status="SELECTED")
    with noon(TODAY + timedelta(3)), pytest.raises(Invalid) as refused:
        recorded(village, topics=[topic], visit={"on": TODAY + timedelta(2)})
    assert refused.value.code == "outside_cycle"


def reception(village, **options):
    given = {"station": village.station, "on": TODAY, "starts_at": time(9), "ends_at": time(11), "status": "HELD"}
    return ReceptionDay.objects.create(**given | options)


def test_what_was_said_on_a_reception_day_belongs_to_it(village):
    day = reception(village)
    case = logged(village)
    typed = COMPLETE | {"kind": "RECEPTION", "reception_day": day.pk, "field": village.field.pk}
    assert send(village.liaison, url(case, "complete"), **typed).status_code == 302
    assert (fresh(case).reception_day, list(day.visits.all())) == (day, [case])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "VISIT"}, "other_kind"),
        ({"on": TODAY - timedelta(1)}, "other_day"),
        ({"status": "CANCELLED"}, "other_day"),
    ],
)
def test_no_other_day_is_named(village, wrong, code):
    more = {"cancel_reason": "防汛"} if "status" in wrong else {}
    day = reception(village, status=wrong.pop("status", "HELD"), **more)
    with pytest.raises(Invalid) as refused:
        recorded(village, visit={"kind": "RECEPTION", "reception_day": day} | wrong)
    assert (refused.value.field, refused.value.code) == ("reception_day", code)


def test_anothers_reception_day_is_not_offered(village):
    day = reception(village, station=village.elsewhere)
    typed = COMPLETE | {"kind": "RECEPTION", "reception_day": day.pk, "field": village.field.pk}
    case = logged(village)
    assert send(village.liaison, url(case, "complete"), **typed).status_code == 302  # the field is not asked at all
    assert fresh(case).reception_day is None


def heard(village):
    """A note of which there is only a recording."""
    case = logged(village)
    Opinion.objects.filter(visit=case).update(words="", to_be_typed=True)
    sound = make_scan("录音.m4a")
    Attachment.objects.filter(pk=sound.pk).update(content_type="audio/mp4")
    return case, kept(case, sound)


def test_the_liaison_hears_types_and_the_deputy_sees_it(village):
    case, row = heard(village)
    address = reverse("deliberations:visit_paper", args=[case.pk, row.pk])
    page = text_of(village.liaison, url(case, "complete"))
    assert f'<audio controls preload="none" src="{address}"' in page
    typed = COMPLETE | {"field": village.field.pk}
    assert send(village.liaison, url(case, "complete"), **typed).status_code == 422
    assert send(village.liaison, url(case, "complete"), words=WORDS, **typed).status_code == 302
    row = opinion_of(case)
    assert (row.words, row.to_be_typed) == (WORDS, False)
    assert WORDS in text_of(village.deputy, url(case, "confirm"))


def test_what_the_deputy_wrote_is_not_typed_over(village):
    case = logged(village)
    typed = COMPLETE | {"field": village.field.pk, "words": "别的话。"}
    send(village.liaison, url(case, "complete"), **typed)
    assert opinion_of(case).words == WORDS


def test_photos_and_sheets_are_added_and_shown_only_to_whom_the_visit_is(village):
    case = completed(village)
    answer = send(village.liaison, url(case, "add_papers"), kind="PHOTO", uploads=[photo(), photo("二.jpg")])
    assert answer.status_code == 302
    assert send(village.liaison, url(case, "add_papers"), kind="SHEET", uploads=[pdf("登记表.pdf")]).status_code == 302
    assert [row.kind for row in case.papers.all()] == ["PHOTO", "PHOTO", "SHEET"]
    shown = {row.kind: reverse("deliberations:visit_paper", args=[case.pk, row.pk]) for row in case.papers.all()}
    seen = signed_in(village.deputy).get(shown["PHOTO"])
    assert (seen.status_code, seen["Content-Disposition"]) == (200, "inline")
    assert signed_in(village.deputy).get(shown["SHEET"])["Content-Disposition"].startswith("attachment")
    assert shown["PHOTO"] in text_of(village.chair, page_of(case))
    for actor in (village.companion, village.other_liaison):
        assert signed_in(actor).get(shown["PHOTO"]).status_code == 404
    other = completed(village)
    strange = reverse("deliberations:visit_paper", args=[other.pk, case.papers.first().pk])
    assert signed_in(village.liaison).get(strange).status_code == 404
    assert events(case)[-1].detail.changes == {"kind": "SHEET", "count": 1}
    assert_chain_holds(case)


def no_photo():
    return SimpleUploadedFile("现场.jpg", b"not a picture")


def forty_megabytes():
    return SimpleUploadedFile("大图.jpg", b"\xff\xd8\xff\xe0" + b"0" * (40 << 20))


@pytest.mark.parametrize("wrong", [no_photo, forty_megabytes, lambda: pdf("照片.pdf")])
def test_of_several_files_none_is_kept_when_one_is_wrong(village, wrong):
    case = completed(village)
    answer = send(village.liaison, url(case, "add_papers"), kind="PHOTO", uploads=[photo(), wrong()])
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"uploads"})
    assert not VisitFile.objects.exists()
    assert send(village.liaison, url(case, "add_papers"), kind="PHOTO").status_code == 422
    assert send(village.liaison, url(case, "add_papers"), kind="RECORDING", uploads=[photo()]).status_code == 422


def test_what_was_recorded_for_a_deputy_waits_under_a_tab_of_its_own(village):
    case = recorded(village)
    page = signed_in(village.liaison).get(reverse("deliberations:visits"), {"waits": "confirmation"})
    assert page.context["rows"] == [case]
    current = [tab for tab in page.context["tabs"] if tab["current"]]
    assert [tab["count"] for tab in current] == [1]
    confirm = text_of(village.deputy, url(case, "confirm"))
    assert "邱小燕" in confirm and "南门村" in confirm  # who typed it, and where it was


def test_several_opinions_one_after_another(village):
    case = completed(village)
    typed = {"words": "路灯不亮。", "route": "SUGGESTION", "tell_wish": "no", "field": SubjectField.objects.last().pk}
    answer = send(village.liaison, url(case, "add_opinion"), again="on", **typed)
    assert answer.url == url(case, "add_opinion")
    assert send(village.liaison, url(case, "add_opinion"), **typed).url == page_of(case)
    assert case.opinions.count() == 3


def test_the_record_on_paper_hides_the_voter(village):
    case = completed(village, parts=Parts(leaders=[village.vice.user.person]))
    page = text_of(village.liaison, reverse("deliberations:visit_sheet", args=[case.pk]))
    assert WORDS in page and "**" in page and village.vice.user.person.name in page
    assert "欧阳秋菊" not in page and "13912345678" not in page
    assert signed_in(village.other_liaison).get(reverse("deliberations:visit_sheet", args=[case.pk])).status_code == 404


def test_facts_with_everything_survive_a_correction_of_the_words(village):
    day, paper = reception(village), paper_of(village)
    case = recorded(
        village, visit={"kind": "RECEPTION", "reception_day": day}, parts=Parts(materials=[paper]),
        opinion={"about": paper, "responsible": "村支书"},
    )  # fmt: skip
    page = reverse("deliberations:opinion_act", args=[case.pk, opinion_of(case).pk, "correct"])
    form = signed_in(village.liaison).get(page)
    shown = {name: field.value() for name, field in ((bound.name, bound) for bound in form.context["form"])}
    typed = {name: getattr(value, "pk", value) for name, value in shown.items() if value not in (None, "", [], False)}
    typed |= hidden(form) | {"words": "路太窄。", "on": "2026-03-16"}
    assert signed_in(village.liaison).post(page, typed).status_code == 302
    assert (fresh(case).reception_day, opinion_of(case).about, opinion_of(case).responsible) == (day, paper, "村支书")
    assert parts_of(fresh(case)).materials == [paper]


def test_a_township_deputy_of_another_station_is_refused_by_the_page(village):
    make_mandate(make_person("钱外乡"), "TOWNSHIP", village.elsewhere)
    case = logged(village)
    answer = send(village.liaison, url(case, "complete"), further="钱外乡", field=village.field.pk, **COMPLETE)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"further"})
    assert fresh(case).status == "INCOMPLETE"


def test_staff_of_the_committee_see_all_of_it_and_write_none(village):
    case = completed(village, parts=Parts(conveyed=[Conveyed("ACHIEVEMENT", "通村路修好了")]))
    assert "通村路修好了" in text_of(village.body, page_of(case))
    assert signed_in(make_actor(Role.WORKING_BODY)).get(url(case, "correct_visit")).status_code == 403
