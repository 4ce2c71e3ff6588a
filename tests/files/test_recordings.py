"""Recordings of a telephone: known by their build, short, played in a page, never taken as a paper."""

import pytest
from django.http import Http404

from files.downloads import picture_response
from files.forms import UploadField
from files.recordings import ENDINGS, LARGEST, is_recording, recording_response, store_recording
from files.uploads import store_upload
from tests.files.factory import PDF, SAMPLES, upload
from tests.files.sounds import AAC, M4A, OGG, RECORDINGS, VIDEO, WEBM
from workflow.engine import Invalid

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", RECORDINGS)
def test_what_telephones_record_is_taken_and_kept_as_it_is(name):
    kept = store_recording(upload(name, RECORDINGS[name]), user=None)
    response = recording_response(kept)
    assert b"".join(response.streaming_content) == RECORDINGS[name]
    assert response["Content-Type"].startswith("audio/")
    assert (response["Content-Disposition"], response["X-Content-Type-Options"]) == ("inline", "nosniff")
    assert is_recording(kept)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("留言.webm", b"\x1a\x45\xdf\xa3" + b"\0" * 100, "content_differs"),
        ("留言.webm", WEBM.replace(b"A_OPUS", b"V_VP90"), "content_differs"),
        ("留言.webm", WEBM.replace(b"A_OPUS", b"A_NONE"), "unreadable"),
        ("留言.webm", WEBM + b"V_VP8", "content_differs"),
        ("留言.ogg", b"OggS" + b"\0" * 60, "content_differs"),
        ("留言.m4a", VIDEO, "content_differs"),
        ("留言.m4a", M4A[:-6], "unreadable"),
        ("留言.m4a", M4A[:20], "unreadable"),
        ("留言.m4a", b"\0\0\0\x18moov" + b"\0" * 40, "content_differs"),
        ("留言.aac", AAC[:9], "unreadable"),
        ("留言.aac", b"\xff\xf1" + b"\0" * 60, "unreadable"),
        ("留言.aac", AAC + b"<html>xxx", "unreadable"),
        ("留言.m4a", b"", "empty_file"),
        ("留言.m4a", PDF, "content_differs"),
        ("留言.mp3", b"ID3", "kind_not_allowed"),
        ("照片.jpg", SAMPLES["照片.jpg"], "kind_not_allowed"),
        ("留言.ogg", OGG + b"\0" * LARGEST, "too_long"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(name, content, code):
    with pytest.raises(Invalid) as refused:
        store_recording(upload(name, content), user=None)
    assert (refused.value.field, refused.value.code) == ("file", code)
    assert name in refused.value.sentence


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_is_no_paper(name):
    with pytest.raises(Invalid) as refused:
        store_upload(upload(name, RECORDINGS[name]), user=None)
    assert refused.value.code == "kind_not_allowed"
    assert not set(ENDINGS) & set(UploadField().widget.attrs["accept"].split(","))


def test_pictures_and_recordings_do_not_pass_for_each_other():
    paper = store_upload(upload(), user=None)
    with pytest.raises(Http404):
        recording_response(paper)
    with pytest.raises(Http404):
        picture_response(store_recording(upload("留言.ogg", OGG), user=None))
