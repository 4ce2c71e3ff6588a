"""One folder per activity: what it holds, who opens it, photos and news put in, Word and PDF; no voter is named."""

from datetime import time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from deliberations.models import TrainingFile, Visit
from deliberations.transitions import training_papers
from deliberations.transitions.training import sign_in
from files.documents import pdf
from stations.models import Duty, ReceptionDay
from tests.deliberations.meeting_factory import House, attended, explained, opened, said
from tests.deliberations.photos import photo
from tests.deliberations.trainees import School
from tests.deliberations.visiting import recorded
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, make_county, noon
from tests.suggestions.web import send, signed_in
from workflow import clock

pytestmark = pytest.mark.django_db
KINDS = ("training", "reception", "visits", "voters-meeting", "meeting")


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


def url(name, kind, key):
    return reverse(f"supervision:{name}", args=[kind, key])


def shown(actor, kind, key):
    got = signed_in(actor).get(url("folder", kind, key))
    assert got.status_code == 200, got.status_code
    return got.context["folder"]


def words_of(docx):
    with ZipFile(BytesIO(docx)) as package:
        return package.read("word/document.xml").decode(), [
            name for name in package.namelist() if name.startswith("word/media/")
        ]


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def school():
    return School()


def a_training(school):
    """Held today, one deputy signed in by the code, with one photo."""
    training = school.plan(0)
    sign_in(school.line(training), actor=school.deputy, token=training.sign_in_token)
    kind = TrainingFile.Kind.PHOTO
    training_papers.add_files(training, actor=school.staff, version=school.version, kind=kind, uploads=[photo()])
    return training


def a_reception(county):
    day = ReceptionDay.objects.create(
        station=county.station, on=clock.today(), starts_at=time(9), ends_at=time(11), status="HELD"
    )
    Duty.objects.create(day=day, mandate=county.lead, state="PRESENT")
    visit = recorded(county)
    Visit.objects.filter(pk=visit.pk).update(reception_day=day, kind="RECEPTION", on=day.on)
    return day


def a_day(county):
    visit = recorded(county)
    return f"{visit.station_id}-{visit.on.isoformat()}", visit


def test_a_training_s_folder_has_all_its_parts_and_says_what_is_missing(school):
    training = a_training(school)
    folder = shown(school.staff, "training", training.pk)
    assert [row.name for row in folder.people] == ["周大爷", "王秀兰", "孙远山"]
    assert folder.people[0].state == "实到" and folder.people[0].remark == "扫码签到"
    assert folder.counts == "应到 3 人，实到 1 人，请假 0 人，缺席 0 人，到会率 33%"
    assert folder.record == ["怎样走访选民"]
    assert folder.lacks == ["简讯"]
    assert "1名代表参加了培训" in folder.proposed and folder.words == len(folder.proposed)


def test_news_is_proposed_kept_and_counted(school):
    training = a_training(school)
    typed = "今天 培训。"
    got = send(school.staff, url("folder_news", "training", training.pk), news=typed)
    assert got.status_code == 302
    folder = shown(school.staff, "training", training.pk)
    assert (folder.text, folder.words, folder.lacks) == (typed, 5, [])
    assert send(school.staff, url("folder_news", "training", training.pk), news="").status_code == 422
    assert send(school.staff, url("folder_news", "training", training.pk), news="字" * 2001).status_code == 422


def test_photos_are_put_in_several_at_once_and_one_that_is_none_keeps_all_out(school):
    training = a_training(school)
    put = url("folder_photos", "training", training.pk)
    assert send(school.staff, put, photos=[photo("一.jpg"), photo("二.jpg")]).status_code == 302
    assert training.papers.count() == 3
    got = send(school.staff, put, photos=[photo("三.jpg"), photo("坏.jpg", b"no photo")])
    assert got.status_code == 422 and "坏.jpg" in got.content.decode()
    assert send(school.staff, put).status_code == 422
    assert training.papers.count() == 3


def test_a_form_of_an_older_version_loses_nothing(school):
    training = a_training(school)
    put = url("folder_news", "training", training.pk)
    client = signed_in(school.staff)
    got = client.post(put, {"news": "改写", "version": "1"})
    assert got.status_code == 409 and "改写" in got.content.decode()
    training.refresh_from_db()
    assert training.news == ""


def test_word_holds_it_all_with_the_photos_behind(school):
    training = a_training(school)
    got = signed_in(school.staff).get(url("folder_document", "training", training.pk))
    text, media = words_of(got.content)
    assert all(part in text for part in ("议政前培训", "周大爷", "扫码签到", "怎样走访选民", "到会率 33%"))
    assert len(media) == 1
    assert "filename" in got["Content-Disposition"]


@pytest.mark.skipif(not pdf.is_possible(), reason="this machine lacks what draws text")
def test_pdf_holds_it_too(school):
    training = a_training(school)
    got = signed_in(school.staff).get(url("folder_pdf", "training", training.pk))
    assert got.status_code == 200
    assert got.content.startswith(b"%PDF") and b"/Image" in got.content


def test_where_no_pdf_can_be_made_the_page_offers_printing(school, monkeypatch):
    training = a_training(school)
    pdf.is_possible.cache_clear()
    monkeypatch.setattr(pdf, "_CHILD", pdf._CHILD.with_name("not_there.py"))
    try:
        page = signed_in(school.staff).get(url("folder", "training", training.pk))
        assert "folder.pdf" not in page.content.decode()
        assert url("folder_sheet", "training", training.pk) in page.content.decode()
        assert signed_in(school.staff).get(url("folder_pdf", "training", training.pk)).status_code == 409
    finally:
        pdf.is_possible.cache_clear()


def test_the_child_fetches_nothing_but_what_was_handed_over(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    page = '<body><img src="{}"><p>x</p></body>'
    blank, stolen = (
        pdf._asked_of_child({"html": page.format(address), "files": {}}).stdout for address in ("", f"file://{secret}")
    )
    assert blank.startswith(b"%PDF") and abs(len(stolen) - len(blank)) < 50


def test_a_reception_s_folder_has_duties_and_words_but_no_voter(county):
    day = a_reception(county)
    folder = shown(county.liaison, "reception", day.pk)
    assert [(row.name, row.state) for row in folder.people] == [(county.lead.person.name, "实到")]
    assert len(folder.said) == 1 and folder.said[0].who.endswith("选民**")
    assert {link.url for link in folder.forms} == {
        reverse(f"stations:{name}", args=[day.pk])
        for name in ("reception_notice", "reception_sign_in", "reception_register")
    }
    assert send(county.liaison, url("folder_news", "reception", day.pk), news="接待了选民。").status_code == 302
    assert send(county.liaison, url("folder_photos", "reception", day.pk), photos=[photo()]).status_code == 302
    assert shown(county.liaison, "reception", day.pk).lacks == []


def test_no_name_nor_number_of_a_voter_is_on_paper_and_confidential_words_are_left_out(county):
    key, visit = a_day(county)
    opinion = visit.opinions.select_related("voter").get()
    name, phone = opinion.voter.unseal()
    assert name and phone
    for kind, place in (("visits", key),):
        client = signed_in(county.liaison)
        texts = [
            client.get(url("folder", kind, place)).content.decode(),
            client.get(url("folder_sheet", kind, place)).content.decode(),
            words_of(client.get(url("folder_document", kind, place)).content)[0],
        ]
        assert all(opinion.words in text for text in texts)
        assert not any(name in text or phone in text for text in texts)
    type(opinion).objects.filter(pk=opinion.pk).update(confidential=True)
    text = signed_in(county.liaison).get(url("folder_sheet", "visits", key)).content.decode()
    assert opinion.words not in text and "按选民意愿保密" in text


def test_a_day_of_visits_keeps_news_and_photos_in_its_first_visit(county):
    key, visit = a_day(county)
    recorded(county)
    folder = shown(county.liaison, "visits", key)
    assert len(folder.said) == 2 and not folder.has_sign_in
    assert send(county.liaison, url("folder_news", "visits", key), news="走访了两户。").status_code == 302
    assert send(county.liaison, url("folder_photos", "visits", key), photos=[photo()]).status_code == 302
    visit.refresh_from_db()
    assert (visit.news, visit.papers.count()) == ("走访了两户。", 1)
    record = signed_in(county.liaison).get(reverse("deliberations:visit", args=[visit.pk]))
    assert record.status_code == 200


def test_a_voters_meeting_says_which_kinds_are_missing(county):
    visit = recorded(county)
    Visit.objects.filter(pk=visit.pk).update(kind="VOTER_MEETING", chair="李组长")
    visit.guests.create(category="ELDER", number=3)
    folder = shown(county.liaison, "voters-meeting", visit.pk)
    facts = dict(folder.facts)
    assert "老同志3人" in facts["参加选民"] and "老党员" in facts["未到的类别"]
    assert facts["主持人"] == "李组长"


def test_a_deliberation_meeting_s_folder():
    house = House()
    meeting = attended(house, opened(house))
    explained(house, said(house, meeting))
    folder = shown(house.liaison, "meeting", meeting.pk)
    assert [row.way for row in folder.said] == ["当场解释"]
    assert "当场解释1条" in folder.proposed
    assert send(house.liaison, url("folder_news", "meeting", meeting.pk), news="开了会。").status_code == 302
    assert signed_in(house.liaison).get(url("folder_photos", "meeting", meeting.pk)).status_code == 404
    assert signed_in(house.staff).get(reverse("deliberations:meeting", args=[meeting.pk])).status_code == 200
    assert signed_in(house.deputy).get(url("folder", "meeting", meeting.pk)).status_code == 403


@pytest.mark.parametrize("kind", [*KINDS, "other"])
@pytest.mark.parametrize("key", ["0", "999999", "x", "1-2026-13-40", "99999999999999999999", "-"])
def test_a_folder_that_is_not_there(school, kind, key):
    assert signed_in(school.staff).get(url("folder", kind, key)).status_code == 404


def test_who_opens_and_who_fills_a_folder(county, school):
    training = a_training(school)
    day, (key, _visit) = a_reception(county), a_day(county)
    chair, stranger = make_actor(Role.CHAIRPERSON), make_actor(Role.ORGAN_HANDLER)
    for kind, place in (("training", training.pk), ("reception", day.pk), ("visits", key)):
        assert signed_in(chair).get(url("folder", kind, place)).status_code == 200
        assert signed_in(chair).get(url("folder_news", kind, place)).status_code == 403
        assert signed_in(chair).post(url("folder_photos", kind, place)).status_code == 403
        assert signed_in(stranger).get(url("folder", kind, place)).status_code in (403, 404)
        assert signed_in(stranger).get(url("folder_document", kind, place)).status_code in (403, 404)
    assert signed_in(county.deputy).get(url("folder", "visits", key)).status_code == 403
    assert signed_in(school.other_liaison).get(url("folder", "training", training.pk)).status_code == 403
    assert signed_in(school.other_liaison).get(url("folder", "reception", day.pk)).status_code == 403


def test_a_folder_of_twenty_visits_costs_as_many_queries_as_one_of_ten(county):
    def queries():
        client = signed_in(county.liaison)
        client.get(url("folder", "visits", key))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url("folder", "visits", key)).status_code == 200
        return len(asked)

    for _ in range(10):
        key, _visit = a_day(county)
    few = queries()
    for _ in range(10):
        a_day(county)
    assert queries() == few


def test_yesterday_s_visits_are_a_folder_of_their_own(county):
    key, visit = a_day(county)
    Visit.objects.filter(pk=visit.pk).update(on=clock.today() - timedelta(1))
    assert signed_in(county.liaison).get(url("folder", "visits", key)).status_code == (
        404 if key.endswith(clock.today().isoformat()) else 200
    )


def test_each_activity_leads_to_its_folder(county, school):
    training, day, (key, visit) = a_training(school), a_reception(county), a_day(county)
    for actor, page, kind, place in (
        (school.staff, reverse("deliberations:training", args=[training.pk]), "training", training.pk),
        (county.liaison, reverse("stations:reception", args=[day.pk]), "reception", day.pk),
        (county.liaison, reverse("deliberations:visit", args=[visit.pk]), "visits", key),
    ):
        assert url("folder", kind, place) in signed_in(actor).get(page).content.decode(), kind
    deputy = signed_in(county.deputy).get(reverse("deliberations:visit", args=[visit.pk])).content.decode()
    assert url("folder", "visits", key) not in deputy


def test_a_station_leads_to_its_wall_sheets_and_allowance(county):
    page = reverse("stations:detail", args=[county.station.pk])
    for name in ("wall_sheets", "allowance"):
        address = reverse(f"supervision:{name}", args=[county.station.pk])
        assert address in signed_in(county.liaison).get(page).content.decode()
        assert address not in signed_in(county.deputy).get(page).content.decode()
