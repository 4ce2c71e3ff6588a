"""The deputy's note with photos and a recording: the verbs, the page without scripts, and what a phone sends in pieces."""

import json
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image

from deliberations.models import Opinion, Visit, VisitFile
from deliberations.transitions import noting
from files.models import Attachment
from stations.models import Mandate
from tests.deliberations.visiting import (
    NAME,
    WORDS,
    Village,
    assert_chain_holds,
    closed,
    completed,
    events,
    fresh,
    logged,
    opinion_of,
)
from tests.files.sounds import OGG, WEBM
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PAGE, SEND, STANDING = (reverse(name) for name in ("deliberations:log_visit", "notes:send", "notes:standing"))


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def photo(name="现场.jpg", size=(40, 30)):
    stream = BytesIO()
    Image.new("RGB", size, "red").save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


def recording(name="留言.webm", content=WEBM):
    return SimpleUploadedFile(name, content, "audio/webm")


def attached(case, actor, **options):
    given = {"client_id": uuid4(), "kind": VisitFile.Kind.PHOTO, "upload": photo()} | options
    return noting.attach(case, actor=actor, **given)


# the verbs


def test_a_note_keeps_the_day_on_which_it_was_said(village):
    assert logged(village, on=YESTERDAY).on == YESTERDAY
    with pytest.raises(Invalid) as refused:
        logged(village, on=TOMORROW)
    assert (refused.value.field, refused.value.code) == ("on", "in_future")
    with pytest.raises(Invalid) as refused:
        logged(village, on=TODAY - timedelta(days=4000))
    assert refused.value.code == "not_active"
    assert Visit.objects.count() == 1


def test_without_words_the_liaison_types_what_follows(village):
    case = logged(village, words="", follows=True)
    assert (opinion_of(case).words, opinion_of(case).to_be_typed) == ("", True)
    with_words = logged(village, words=WORDS, follows=True)
    assert not opinion_of(with_words).to_be_typed


def test_a_photo_is_added_once_however_often_it_comes(village):
    case, name = logged(village), uuid4()
    rows = {attached(case, village.deputy, client_id=name).pk for _time in range(3)}
    assert (len(rows), VisitFile.objects.count(), Attachment.objects.count()) == (1, 1, 1)
    assert [event.verb for event in events(case)] == ["log", "add_papers"]
    assert events(case)[1].part_key == name
    assert_chain_holds(case)


def test_a_recording_is_added_while_the_liaison_has_completed_the_record_but_not_after_it_is_settled(village):
    case = completed(village)
    row = attached(case, village.deputy, kind=VisitFile.Kind.RECORDING, upload=recording())
    assert row.file.content_type == "audio/webm"
    with pytest.raises(Conflict):
        attached(closed(village), village.deputy)


def test_only_the_author_adds_to_a_note(village):
    case = logged(village)
    for actor in (village.liaison, village.staff, village.companion, village.other_deputy):
        with pytest.raises(NotAllowed):
            attached(case, actor)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"upload": SimpleUploadedFile("a.jpg", b"no picture")}, "content_differs"),
        ({"upload": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"\0" * (40 << 20))}, "too_large"),
        ({"upload": SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF")}, "kind_not_allowed"),
        ({"kind": "RECORDING"}, "kind_not_allowed"),
        ({"kind": "SHEET"}, "unknown"),
    ],
)
def test_what_is_no_photo_gets_its_sentence_and_leaves_nothing(village, options, code):
    case = logged(village)
    with pytest.raises(Invalid) as refused:
        attached(case, village.deputy, **options)
    assert refused.value.code == code
    assert refused.value.sentence
    assert (VisitFile.objects.count(), Attachment.objects.count(), fresh(case).version) == (0, 0, 1)


def test_a_file_belongs_to_one_note_and_a_note_takes_twelve(village):
    first, second, name = logged(village), logged(village), uuid4()
    attached(first, village.deputy, client_id=name)
    with pytest.raises(Conflict) as refused:
        attached(second, village.deputy, client_id=name)
    assert refused.value.code == "file_elsewhere"
    for _number in range(noting.MOST_FILES):
        attached(second, village.deputy)
    with pytest.raises(Conflict) as refused:
        attached(second, village.deputy)
    assert refused.value.code == "too_many_files"


# the page without scripts


def send(actor, **typed):
    client = signed_in(actor)
    return client.post(PAGE, hidden(client.get(PAGE)) | {"tell_wish": "yes"} | typed)


def test_photos_and_a_recording_come_with_the_plain_page(village):
    answer = send(village.deputy, photos=[photo(), photo("门口.jpg")], recording=recording("留言.ogg", OGG), who=NAME)
    assert (answer.status_code, answer.url) == (302, reverse("deliberations:visits"))
    case = Visit.objects.get()
    assert [row.kind for row in case.papers.all()] == ["PHOTO", "PHOTO", "RECORDING"]
    assert opinion_of(case).to_be_typed


def test_the_plain_page_refuses_as_a_whole_and_keeps_the_words(village):
    answer = send(village.deputy, words=WORDS, photos=[photo(), SimpleUploadedFile("b.jpg", b"no picture")])
    assert answer.status_code == 422
    page = answer.content.decode()
    assert WORDS in page and "b.jpg" in page
    assert not (Visit.objects.exists() or Attachment.objects.exists())


def test_nothing_at_all_is_no_note(village):
    answer = send(village.deputy)
    assert answer.status_code == 422
    assert str(_("Write down what was said, or add a photo or a recording.")) in answer.content.decode()


def test_the_page_offers_camera_and_recorder_and_what_the_phone_needs(village):
    page = signed_in(village.deputy).get(PAGE).content.decode()
    assert 'capture="environment"' in page
    assert f'data-person="{village.deputy.user.uuid}"' in page
    assert f'data-worker="{reverse("notes:worker")}"' in page


# what a phone sends


class Phone:
    """A browser that sends as the scripts of the page do."""

    def __init__(self, actor):
        self.actor, self.client = actor, Client(enforce_csrf_checks=True)
        self.client.force_login(actor.user)
        self.standing = self.client.get(STANDING).json()

    def note(self, **told):
        given = {
            "client_id": str(uuid4()),
            "by": str(self.actor.user.uuid),
            "words": WORDS,
            "who": "",
            "tell_wish": True,
        }
        body = json.dumps({name: value for name, value in (given | told).items() if value is not None})
        return self.post(SEND, body, content_type="application/json")

    def file(self, note, **told):
        given = {"client_id": str(uuid4()), "by": str(self.actor.user.uuid), "kind": "PHOTO", "file": photo()}
        return self.post(reverse("notes:send_file", args=[note]), given | told)

    def post(self, url, body, **options):
        return self.client.post(url, body, headers={"X-CSRFToken": self.standing["token"]}, **options)


def test_what_a_phone_sends_is_acknowledged_by_name_and_counted_once(village):
    phone, name = Phone(village.deputy), str(uuid4())
    answers = [phone.note(client_id=name, on=YESTERDAY.isoformat()) for _time in range(2)]
    assert [(answer.status_code, answer.json()["received"]) for answer in answers] == [(201, name), (200, name)]
    assert answers[0].json()["liaison"] == "邱小燕"
    assert Visit.objects.get().on == YESTERDAY
    picture = str(uuid4())
    answers = [phone.file(name, client_id=picture) for _time in range(2)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (201, {"received": picture}),
        (200, {"received": picture}),
    ]
    assert VisitFile.objects.count() == 1


def test_a_photo_alone_is_a_note(village):
    phone, name = Phone(village.deputy), str(uuid4())
    assert phone.note(client_id=name, words="", follows=True, tell_wish=False).status_code == 201
    assert phone.file(name).status_code == 201
    assert (Opinion.objects.get().to_be_typed, Opinion.objects.get().tell_wish) == (True, False)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"words": ""}, 422),
        ({"on": TOMORROW.isoformat()}, 422),
        ({"on": "0026-03-15"}, 422),
        ({"on": "yesterday"}, 422),
        ({"tell_wish": None}, 422),
        ({"who": "x" * 41}, 422),
        ({"words": ["a"]}, 422),
        ({"words": {"a": 1}}, 422),
    ],
)
def test_a_refused_note_is_named_with_a_sentence(village, told, status):
    name = str(uuid4())
    answer = Phone(village.deputy).note(client_id=name, **told)
    assert (answer.status_code, answer.json()["refused"]) == (status, name)
    assert answer.json()["sentence"]
    assert not Visit.objects.exists()


def test_the_same_id_with_other_words_is_refused_by_name(village):
    phone, name = Phone(village.deputy), str(uuid4())
    phone.note(client_id=name)
    answer = phone.note(client_id=name, words="路灯也不亮。")
    assert (answer.status_code, answer.json()["refused"]) == (409, name)


def test_what_another_person_wrote_on_the_phone_is_not_taken_as_ones_own(village):
    other = Phone(village.companion)
    answer = other.note(by=str(village.deputy.user.uuid))
    assert answer.status_code == 403
    assert "received" not in answer.json() and "refused" not in answer.json()
    assert not Visit.objects.exists()


def test_a_photo_before_its_note_or_of_anothers_note_is_kept_on_the_phone(village):
    phone = Phone(village.deputy)
    assert phone.file(uuid4()).status_code == 404
    name = str(uuid4())
    phone.note(client_id=name)
    assert Phone(village.other_deputy).file(name).status_code == 404
    refused = Phone(village.companion).file(name, by=str(village.companion.user.uuid))
    assert refused.status_code == 404
    assert not VisitFile.objects.exists()


@pytest.mark.parametrize(
    "told", [{"kind": "SHEET"}, {"kind": ""}, {"file": ""}, {"file": SimpleUploadedFile("a.jpg", b"x")}]
)
def test_a_refused_photo_is_named_with_a_sentence(village, told):
    phone, note, name = Phone(village.deputy), str(uuid4()), str(uuid4())
    phone.note(client_id=note)
    answer = phone.file(note, client_id=name, **told)
    assert (answer.status_code, answer.json()["refused"]) == (422, name)
    assert answer.json()["sentence"]


def test_a_photo_of_forty_megabytes_gets_its_sentence(village):
    phone, note = Phone(village.deputy), str(uuid4())
    phone.note(client_id=note)
    large = SimpleUploadedFile("大.jpg", b"\xff\xd8\xff" + b"\0" * (40 << 20))
    answer = phone.file(note, file=large)
    assert answer.status_code == 422
    assert "大.jpg" in answer.json()["sentence"]


@pytest.mark.parametrize(
    "body", ["", "[]", "3", '"x"', "{", "null", '{"client_id": 3}', '{"client_id": "x"}', "\udc80"]
)
def test_what_is_no_note_is_refused(village, body):
    phone = Phone(village.deputy)
    answer = phone.post(SEND, body.encode("utf-8", "surrogateescape"), content_type="application/json")
    assert answer.status_code in (403, 422)
    assert not Visit.objects.exists()


def test_a_suspended_deputy_is_told_and_nothing_is_taken(village):
    phone = Phone(village.deputy)
    Mandate.objects.filter(pk=village.lead.pk).update(suspended_from=TODAY)
    answer = phone.note()
    assert answer.status_code == 403
    assert answer.json()["sentence"]
    standing = phone.client.get(STANDING)
    assert (standing.status_code, standing.json()["mandates"]) == (200, [])


def test_the_key_is_the_persons_own_and_the_same_after_each_sign_in(village):
    keys = {
        actor: {Phone(actor).standing["key"] for _time in range(2)} for actor in (village.deputy, village.companion)
    }
    assert all(len(found) == 1 for found in keys.values())
    assert keys[village.deputy] != keys[village.companion]
    answer = signed_in(village.deputy).get(STANDING)
    assert answer["Cache-Control"].startswith("max-age=0") or "no-store" in answer["Cache-Control"]


def test_nobody_else_gets_a_key_and_whoever_is_signed_out_is_led_to_sign_in(village):
    for actor in (village.liaison, village.staff):
        assert signed_in(actor).get(STANDING).status_code == 403
    for method, url in (("get", STANDING), ("post", SEND)):
        assert getattr(Client(), method)(url).status_code == 302


def test_a_page_of_elsewhere_cannot_send(village):
    client = Client(enforce_csrf_checks=True)
    client.force_login(village.deputy.user)
    assert client.post(SEND, "{}", content_type="application/json").status_code == 403


# the worker


def test_the_worker_keeps_a_page_that_knows_nobody(village):
    seen = {
        client.get(reverse("notes:shell")).content
        for client in (Client(), signed_in(village.deputy), signed_in(village.liaison))
    }
    assert len(seen) == 1
    page = seen.pop().decode()
    for secret in ("周大爷", "邱小燕", "csrfmiddlewaretoken", str(village.deputy.user.uuid), "石桥镇"):
        assert secret not in page


def test_the_worker_may_reach_every_page_and_is_asked_for_each_time(client):
    answer = client.get(reverse("notes:worker"))
    assert answer["Service-Worker-Allowed"] == "/"
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-cache", "text/javascript; charset=utf-8")
    kept = json.loads(answer.content.decode().split("const KEPT = ")[1].split(";\n")[0])
    assert client.get(kept["shell"]).status_code == 200
    assert [path for path in kept["files"] if not finders.find(path.removeprefix("/static/"))] == []
    assert kept["pages"] == [PAGE, "/"]
