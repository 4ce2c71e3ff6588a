"""A voter writes without sign-in: what is kept of it, what is refused with which sentence, what becomes of it."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.actor import NOBODY
from accounts.models import Role
from deliberations import tracking
from deliberations.models import Opinion, Visit, VisitDeputy, VisitFile, Voter
from deliberations.transitions import board, visiting
from deliberations.transitions.messages import CONSENT, Message, receive_message
from files.models import Attachment
from notifications.models import Notification
from stations.models import Mandate
from stations.public import Addressee, addressee_of
from stations.transitions import pages, stations
from suggestions.transitions.collecting import proposed_lead
from tests.deliberations.messaging import WORDS, filled, message, opened, page_of, path, sent
from tests.deliberations.visiting import (
    NAME,
    PHONE,
    Village,
    assert_chain_holds,
    completed,
    events,
    facts,
    fresh,
    opinion_of,
    told,
)
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from workflow import clock, sealing
from workflow.engine import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with noon(TODAY):
        yield


@pytest.fixture
def village():
    return Village()


def photo(size=(60, 40), kind="JPEG", name="沟.jpg"):
    drawn = BytesIO()
    Image.new("RGB", size, "green").save(drawn, kind)
    return SimpleUploadedFile(name, drawn.getvalue())


def settled(village, visit, **options):
    """Completed by the liaison."""
    given = facts(village, **options)
    given["visit"] = given["visit"].__class__(**{**given["visit"].__dict__, "kind": "QR"})
    return fresh(visiting.complete_visit(visit, actor=village.liaison, version=fresh(visit).version, **given))


# --- what is kept


def test_a_message_lands_with_the_liaison_as_an_opinion_to_be_completed(village):
    visit, code = message(village.station.qr_token, name=NAME, phone=PHONE, answer="CALL")
    opinion = opinion_of(visit)
    assert (visit.kind, visit.status, visit.recorded_by, visit.on) == ("QR", "INCOMPLETE", None, clock.today())
    assert (opinion.words, opinion.tell_wish, opinion.route) == (WORDS, True, "")
    assert opinion.voter.unseal() == (NAME, PHONE) and opinion.voter.village == "南门村"
    assert opinion.voter.consent == CONSENT and opinion.voter.consented_at is not None
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}", code)
    assert not visit.visitors.exists() and visit.is_message and not visit.awaits_confirmation
    (event,) = events(visit)
    assert (event.verb, event.actor, event.post) == ("receive", None, None)
    assert_chain_holds(visit)
    told_to = Notification.objects.get(kind="visit.message")
    assert told_to.recipient == village.liaison.user
    page = signed_in(village.liaison).get(told_to.url).content.decode()
    assert (WORDS in page and "群众" in page) or "a voter" in page


def test_without_name_and_number_the_village_and_the_consent_are_kept(village):
    visit, _code = message(village.station.qr_token, answer="NO_NEED")
    voter = opinion_of(visit).voter
    assert not voter.is_named and voter.consent == CONSENT and not opinion_of(visit).tell_wish


def test_the_code_of_a_deputy_tells_the_deputy_too(village):
    page = page_of(village.lead)
    visit, _code = message(page.qr_token)
    assert visit.deputies.get() == village.lead and visit.station == village.station
    told_to = {note.recipient: note.kind for note in Notification.objects.filter(kind__startswith="visit.message")}
    assert told_to == {village.liaison.user: "visit.message", village.deputy.user: "visit.message_to_deputy"}
    assert Visit.objects.visible_to(village.deputy).get() == visit
    assert not Visit.objects.visible_to(village.companion).exists()


def test_nothing_of_the_voter_stands_in_event_or_notification(village):
    visit, code = message(village.station.qr_token, name=NAME, phone=PHONE, answer="CALL")
    (event,) = events(visit)
    seen = f"{event.detail.changes} {event.detail.reason} {list(Notification.objects.values())}"
    for hidden in (NAME, PHONE, WORDS, code, code.replace("-", "")):
        assert hidden not in seen
    voter = Voter.objects.values().get()
    opinion = Opinion.objects.values().get()
    assert NAME not in str(voter) and PHONE not in str(voter)
    assert code.replace("-", "") not in str(opinion)


def test_one_photo_is_kept_drawn_anew(village):
    visit, _code = message(village.station.qr_token, photo=photo((3000, 1000)))
    paper = visit.papers.select_related("file").get()
    assert (paper.kind, paper.file.content_type, paper.file.uploaded_by) == ("PHOTO", "image/jpeg", None)
    assert Attachment.objects.count() == 1


# --- what is refused, with nothing half-saved


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"words": "   "}, "words"),
        ({"words": "字" * 2001}, "words"),
        ({"village": "村" * 41}, "village"),
        ({"answer": "CALL"}, "phone"),
        ({"answer": "CALL", "phone": "打给我"}, "phone"),
        ({"answer": "LATER"}, "answer"),
        ({"consents": ""}, "consents"),
        ({"client_id": "1"}, "client_id"),
        ({"photo": SimpleUploadedFile("a.jpg", b"<html>")}, "photo"),
        ({"photo": SimpleUploadedFile("a.gif", b"GIF89a")}, "photo"),
        ({"photo": SimpleUploadedFile("a.jpg", b"")}, "photo"),
        ({"words": "坏\x00字"}, None),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(village, typed, field):
    answer = sent(village.station.qr_token, **typed)
    if field is None:  # characters that nobody types are left out
        assert answer.status_code == 200 and Opinion.objects.get().words == "坏字"
        return
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert not Visit.objects.exists() and not Attachment.objects.exists()
    if "words" not in typed:
        assert WORDS in answer.content.decode()


def test_a_photo_of_forty_megabytes_is_refused_and_the_words_stay(village):
    answer = sent(village.station.qr_token, photo=SimpleUploadedFile("大.jpg", b"\xff\xd8\xff" + b"0" * (40 << 20)))
    assert answer.status_code == 422 and "10 MB" in str(answer.context["form"].errors["photo"])
    assert WORDS in answer.content.decode() and not Visit.objects.exists()


def test_a_picture_with_too_many_dots_is_not_drawn_for_a_stranger(village):
    answer = sent(village.station.qr_token, photo=photo((6000, 4100), "PNG", "图.png"))
    assert answer.status_code == 422 and "photo" in answer.context["form"].errors


def test_a_damaged_photo_leaves_nothing_behind(village):
    whole = photo((400, 400)).read()
    answer = sent(village.station.qr_token, photo=SimpleUploadedFile("坏.jpg", whole[:400] + b"\xff\xd9"))
    assert answer.status_code == 422 and "photo" in answer.context["form"].errors
    assert not Visit.objects.exists() and not Voter.objects.exists() and not VisitFile.objects.exists()


def test_a_bot_is_told_that_nothing_was_taken(village):
    token = village.station.qr_token
    trapped = sent(token, homepage="http://spam.example")
    assert trapped.status_code == 422 and trapped.context["form"].non_field_errors()
    assert "spam.example" not in trapped.content.decode()
    assert sent(token, after=timedelta(seconds=1)).status_code == 422
    for stamp in ("", "x", "a:b:c", opened(token)["stamp"][:-2]):
        assert sent(token, stamp=stamp).status_code == 422
    assert not Visit.objects.exists()


def test_a_page_that_was_open_for_long_keeps_the_words_and_goes_on(village):
    token = village.station.qr_token
    old = sent(token, after=timedelta(hours=25))
    assert old.status_code == 422 and WORDS in old.content.decode() and not Visit.objects.exists()
    form = old.context["form"]
    again = {name: form[name].value() or "" for name in form.fields if name != "photo"} | {"consents": "on"}
    with clock.at(clock.now() + timedelta(hours=25, seconds=30)):
        assert Client().post(path("write", token), again).status_code == 200
    assert Visit.objects.count() == 1


def test_the_stamp_of_another_code_does_not_count(village):
    stamp = opened(village.elsewhere.qr_token)["stamp"]
    assert sent(village.station.qr_token, stamp=stamp).status_code == 422


def test_the_same_form_twice_is_one_message_with_one_code(village):
    typed = filled(village.station.qr_token)
    with clock.at(clock.now() + timedelta(minutes=1)):
        first, second = (Client().post(path("write", village.station.qr_token), typed) for _time in range(2))
        assert first.context["code"] == second.context["code"] and Visit.objects.count() == 1
        other = Client().post(path("write", village.station.qr_token), {**typed, "words": "另一件事。"})
    assert other.status_code == 409 and "另一件事。" in other.content.decode()
    assert other.context["form"]["client_id"].value() != typed["client_id"]
    assert Opinion.objects.get().words == WORDS


def test_a_code_that_came_before_is_shown_again_after_a_new_key(village, settings):
    to, given = Addressee(village.station), Message(words=WORDS, consents=True)
    client_id = uuid4()
    code = receive_message(actor=NOBODY, client_id=client_id, to=to, message=given)
    settings.FIELD_KEYS = ["another-key-" * 4, *settings.FIELD_KEYS]
    assert receive_message(actor=NOBODY, client_id=client_id, to=to, message=given) == code
    assert tracking.opinion_under(code.lower()) == Opinion.objects.get()
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(Conflict):
        receive_message(actor=NOBODY, client_id=client_id, to=to, message=given)


def test_whoever_has_an_account_writes_under_it(village):
    given = {"client_id": uuid4(), "to": Addressee(village.station), "message": Message(words=WORDS, consents=True)}
    for actor in (village.liaison, village.deputy, village.staff):
        with pytest.raises(NotAllowed):
            receive_message(actor=actor, **given)
    with pytest.raises(Invalid):
        receive_message(actor=NOBODY, **{**given, "message": Message(words=WORDS)})
    assert not Visit.objects.exists()


def test_somebody_signed_in_who_scans_the_code_writes_as_a_voter(village):
    visit, _code = message(village.station.qr_token, client=signed_in(village.deputy))
    assert visit.recorded_by is None and events(visit)[0].actor is None


def test_so_many_an_hour_and_no_more_and_nothing_typed_is_lost(village):
    token = village.station.qr_token
    for _time in range(12):
        assert sent(token).status_code == 200
    answer = sent(token)
    assert answer.status_code == 429 and WORDS in answer.content.decode() and Visit.objects.count() == 12
    with clock.at(clock.now() + timedelta(hours=1)):
        assert sent(token).status_code == 200


# --- codes that lead nowhere


def test_codes_that_lead_nowhere_say_so_and_lead_to_the_stations(village):
    page, token = page_of(village.lead), village.station.qr_token
    for name in ("message", "write"):
        for code in ("x", "A" * 400, token[:-1], "0" * 16):
            answer = Client().get(path(name, code))
            assert answer.status_code == 404 and path("stations") in answer.content.decode()
    typed = filled(page.qr_token)
    Mandate.objects.filter(pk=village.lead.pk).update(suspended_from=clock.today())
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert Client().post(path("write", page.qr_token), typed).status_code == 404
    pages.renew_code(village.station, actor=village.liaison, version=0, reason="换码")
    assert Client().get(path("message", token)).status_code == 404
    stations.close(fresh_station(village), actor=village.staff, version=1, reason="合并")
    assert addressee_of(fresh_station(village).qr_token) is None
    assert not Visit.objects.exists()


def fresh_station(village):
    return village.station.__class__.objects.get(pk=village.station.pk)


def test_a_deputy_without_a_station_is_not_written_to(village):
    page = page_of(village.lead)
    Mandate.objects.filter(pk=village.lead.pk).update(station=None)
    assert addressee_of(page.qr_token) is None
    shown = Client().get(path("deputy", page.qr_token))
    assert shown.status_code == 200 and path("message", page.qr_token) not in shown.content.decode()


# --- what became of it


def steps(code):
    answer = Client().post(path("track"), {"code": code})
    assert answer.status_code == 200
    return [step["state"] for step in answer.context["steps"]], answer


def test_four_plain_steps_from_received_to_told(village):
    visit, code = message(village.station.qr_token)
    assert steps(code)[0] == ["done", "current", "todo", "todo"]
    visit = settled(village, visit, opinion={"route": "TO_MEETING"})
    assert steps(code)[0] == ["done", "done", "current", "todo"]
    told(village, visit, final=False, text="村里下周派人看。")
    states, answer = steps(code.lower().replace("-", " "))
    assert states == ["done", "done", "current", "todo"] and "村里下周派人看。" in answer.content.decode()
    told(village, visit, text="已经修好，请找 13812345678 老王。")
    states, answer = steps(code)
    page = answer.content.decode()
    assert states == ["done"] * 4 and "已经修好" in page and "13812345678" not in page


def test_what_the_township_settled_is_a_result_before_the_voter_is_told(village):
    visit, code = message(village.station.qr_token)
    visit = settled(village, visit, opinion={"route": "TOWNSHIP"})
    assert steps(code)[0] == ["done", "done", "current", "todo"]
    task = opinion_of(visit).township_task
    done = {"result": "水沟清了。", "on": clock.today(), "handler": "王干事"}
    board.finish_task(task, actor=village.liaison, version=fresh(visit).version, **done)
    states, answer = steps(code)
    assert states == ["done", "done", "done", "current"]
    assert "水沟清了" not in answer.content.decode() and "王干事" not in answer.content.decode()


def test_what_cannot_be_reached_is_not_shown_as_told(village):
    visit, code = message(village.station.qr_token)
    visit = settled(village, visit, opinion={"route": "ANSWERED", "on_the_spot_answer": "内部备注"})
    told(village, visit, reached=False, final=True, text="")
    states, answer = steps(code)
    assert states == ["done", "done", "done", "current"] and "内部备注" not in answer.content.decode()


def test_a_petition_is_told_the_proper_way_under_its_code(village):
    visit, code = message(village.station.qr_token)
    client = signed_in(village.liaison)
    page = client.get(f"/deliberations/visits/{visit.pk}/complete/")
    typed = {
        "version": visit.version, "on": clock.today().isoformat(), "place": "群众扫码", "route": "REFUSED",
        "proper_way": "PETITION", "tell_wish": "yes", "field": village.field.pk,
    }  # fmt: skip
    assert page.status_code == 200 and "kind" not in page.context["form"].fields
    answer = client.post(f"/deliberations/visits/{visit.pk}/complete/", typed)
    assert answer.status_code == 302, answer.context["form"].errors
    opinion = opinion_of(visit)
    assert opinion.route == "REFUSED" and "12345" in opinion.route_reason
    _states, shown = steps(code)
    assert "12345" in shown.content.decode() and path("proper_way") in shown.content.decode()


def test_a_wrong_code_is_one_sentence_and_guessing_ends(village):
    _visit, code = message(village.station.qr_token)
    client = Client()
    for typed in ("K7QM-3XPA-9TRD", "x", "码" * 12, code[:-1]):
        answer = client.post(path("track"), {"code": typed})
        assert answer.status_code == 422 and answer.context["form"].errors["code"]
    assert client.post(path("track"), {"code": ""}).status_code == 422
    for _time in range(16):
        client.post(path("track"), {"code": "K7QM-3XPA-9TRD"})
    assert client.post(path("track"), {"code": code}).status_code == 429


def test_a_look_costs_the_same_whatever_was_told(village):
    visit, code = message(village.station.qr_token)
    settled(village, visit, opinion={"route": "TOWNSHIP"})
    told(village, visit, final=False, text="转镇里了。")
    steps(code)  # the first look makes the row that counts
    with CaptureQueriesContext(connection) as few:
        steps(code)
    for text in ("镇里在看。", "镇里在修。", "快好了。"):
        told(village, visit, final=False, text=text)
    with CaptureQueriesContext(connection) as many:
        steps(code)
    assert len(few) == len(many)


def test_whoever_writes_the_answer_knows_that_the_voter_reads_it(village):
    visit, _code = message(village.station.qr_token)
    visit = settled(village, visit)
    page = signed_in(village.liaison).get(f"/deliberations/visits/{visit.pk}/opinions/{opinion_of(visit).pk}/tell/")
    assert page.context["form"].fields["text"].help_text
    other = completed(village)
    page = signed_in(village.liaison).get(f"/deliberations/visits/{other.pk}/opinions/{opinion_of(other).pk}/tell/")
    assert not page.context["form"].fields["text"].help_text


# --- in the house


def test_the_liaison_completes_it_with_and_without_deputies(village):
    visit, _code = message(village.station.qr_token, name=NAME)
    visit = settled(village, visit)
    assert visit.status == "RECORDED" and not visit.awaits_confirmation
    assert not Notification.objects.filter(kind="visit.to_confirm").exists()
    assert not Visit.objects.waiting_for("confirmation").exists()
    with pytest.raises(Conflict):
        visiting.confirm(visit, actor=village.liaison, version=visit.version, how="TELEPHONE")
    assert opinion_of(visit).voter.unseal() == (NAME, PHONE) and opinion_of(visit).voter.consent == CONSENT
    assert_chain_holds(visit)


def test_what_a_voter_wrote_stays_a_voters(village):
    visit, _code = message(village.station.qr_token)
    with pytest.raises(Invalid) as refused:
        visiting.complete_visit(visit, actor=village.liaison, version=visit.version, **facts(village))
    assert refused.value.field == "kind" and fresh(visit).status == "INCOMPLETE"


def test_before_it_becomes_a_suggestion_a_deputy_is_named(village):
    visit, _code = message(village.station.qr_token)
    visit = settled(village, visit, opinion={"route": "SUGGESTION"})
    with pytest.raises(Conflict) as refused:
        proposed_lead(visit, village.staff)
    assert refused.value.code == "no_deputy"
    VisitDeputy.objects.create(visit=visit, mandate=village.lead)
    assert proposed_lead(visit, village.staff) == village.lead


def test_only_the_station_and_the_committee_see_it(village):
    visit, _code = message(village.station.qr_token)
    for actor in (village.liaison, village.staff, village.chair):
        assert signed_in(actor).get(f"/deliberations/visits/{visit.pk}/").status_code == 200
    for actor in (village.deputy, village.other_liaison, make_actor(Role.ORGAN_HANDLER)):
        assert signed_in(actor).get(f"/deliberations/visits/{visit.pk}/").status_code == 404


def test_the_list_marks_it(village):
    message(village.station.qr_token)
    page = signed_in(village.liaison).get("/deliberations/visits/?waits=completion").content.decode()
    assert WORDS[:10] in page and "badge" in page and ("群众来码" in page or "a voter wrote" in page)


def test_sealed_marks_belong_to_the_code_alone():
    code, digest = tracking.fresh(uuid4())
    assert digest == sealing.mark(code.replace("-", ""), "track code") and len(digest) == 64
