"""A voter's name, number and voice are erased, at the voter's wish or by rule; words and record stay whole."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Role
from deliberations.models import Opinion, Visit, Voter
from deliberations.transitions import correcting, erasing
from files.models import Attachment
from files.transitions import sweep_files
from files.uploads import store_upload
from tests.deliberations.in_full import kept
from tests.deliberations.photos import photo
from tests.deliberations.visiting import (
    NAME,
    PHONE,
    WORDS,
    Village,
    assert_chain_holds,
    closed,
    completed,
    events,
    facts,
    fresh,
    logged,
    opinion_of,
    told,
)
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, send, signed_in
from workflow.engine import Conflict, Invalid, NotAllowed
from workflow.models import RuleSet

PAGE = reverse("deliberations:erase_voter")


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


def erase(village, case, actor=None, reason="本人要求"):
    return erasing.erase(opinion_of(case), actor=actor or village.liaison, version=fresh(case).version, reason=reason)


def act_of(case):
    return reverse("deliberations:opinion_act", args=[case.pk, opinion_of(case).pk, "erase"])


def page_of(case):
    return reverse("deliberations:visit", args=[case.pk])


def stored(name):
    """A file that really lies there."""
    return store_upload(photo(name), user=None)


def is_blank(voter):
    return (voter.name_sealed, voter.phone_sealed, voter.phone_mark) == ("", "", "")


@pytest.mark.django_db(transaction=True)
def test_name_number_and_voice_go_words_and_record_stay():
    with noon(TODAY):
        village = Village()
        case = closed(village)
        papers = [kept(case, stored(name), kind) for name, kind in
                  (("王秀兰录音.jpg", "RECORDING"), ("签到.jpg", "SIGN_IN"), ("现场.jpg", "PHOTO"))]  # fmt: skip
        paths = [row.file.path for row in papers]
        erase(village, case)
        row = opinion_of(case)
        assert is_blank(row.voter) and row.voter.erased_at is not None
        assert (row.words, row.voter.village, fresh(case).status) == (WORDS, "南门村", "CLOSED")
        assert [default_storage.exists(path) for path in paths] == [False, False, True]
        left = [Attachment.objects.get(pk=paper.file_id) for paper in papers]
        assert (left[0].name, left[0].size, left[2].name) == (erasing.NAME, 0, "现场.jpg")
        last = events(case)[-1]
        assert (last.verb, last.detail.reason, last.detail.changes) == ("erase", "本人要求", {"voters": 1, "files": 2})
        assert_chain_holds(case)
        for paper, status in zip(papers, (404, 404, 200), strict=True):
            address = reverse("deliberations:visit_paper", args=[case.pk, paper.pk])
            assert signed_in(village.liaison).get(address).status_code == status


def test_a_photo_is_still_shown_after_the_voter_was_erased(village):
    case = completed(village)
    paper = kept(case, stored("现场.jpg"), "PHOTO")
    erase(village, case)
    address = reverse("deliberations:visit_paper", args=[case.pk, paper.pk])
    assert signed_in(village.liaison).get(address).status_code == 200


def test_a_file_of_which_the_machine_stopped_halfway_is_swept(village):
    case = completed(village)
    paper = kept(case, stored("录音.jpg"))
    path = paper.file.path
    erase(village, case)  # in a test's transaction nothing is deleted at its end
    assert default_storage.exists(path)
    file = Path(default_storage.path(path))
    long_ago = (TODAY - timedelta(9)).toordinal()  # of the year 1970: older than any sweep asks for
    os.utime(file, (long_ago, long_ago))
    sweep_files()
    assert not default_storage.exists(path)


def test_by_the_page_of_the_opinion(village):
    case = completed(village)
    assert act_of(case) in signed_in(village.liaison).get(page_of(case)).content.decode()
    assert send(village.liaison, act_of(case), reason="").status_code == 422
    assert send(village.liaison, act_of(case), reason="本人要求").status_code == 302
    after = signed_in(village.liaison).get(page_of(case)).content.decode()
    assert act_of(case) not in after
    assert signed_in(village.liaison).get(act_of(case)).status_code == 409
    assert (
        signed_in(village.liaison).post(reverse("deliberations:voter", args=[case.pk, opinion_of(case).pk])).status_code
        == 409
    )


def test_whom_it_does_not_concern_erases_nothing(village):
    case = completed(village)
    for actor in (village.deputy, village.chair, village.body, village.other_liaison):
        with pytest.raises(NotAllowed):
            erase(village, case, actor)
    with pytest.raises(Invalid):
        erase(village, case, reason=" ")
    assert not is_blank(opinion_of(case).voter)
    erase(village, case, village.staff)


def test_where_nobody_is_named_there_is_nothing_to_erase(village):
    case = completed(village, logged(village, who=""), voter={"phone": ""})
    with pytest.raises(Conflict) as refused:
        erase(village, case)
    assert refused.value.code == "nothing"


def test_what_is_still_to_be_typed_is_not_lost(village):
    case = logged(village)
    Opinion.objects.filter(visit=case).update(words="", to_be_typed=True)
    kept(case, stored("录音.jpg"))
    with pytest.raises(Conflict) as refused:
        erase(village, case)
    assert refused.value.code == "to_be_typed"


def test_a_name_entered_anew_can_be_erased_anew(village):
    case = completed(village)
    erase(village, case)
    given = facts(village, voter={"name": "欧阳冬梅", "phone": PHONE})
    correcting.correct(
        opinion_of(case), actor=village.liaison, version=fresh(case).version, words=WORDS, topics=(),
        visit=given["visit"], opinion=given["opinion"], voter=given["voter"],
    )  # fmt: skip
    assert opinion_of(case).voter.is_named
    erase(village, case)
    assert is_blank(opinion_of(case).voter)
    assert_chain_holds(case)


def test_staff_find_a_voter_by_number_and_erase_everywhere(village):
    cases = [completed(village), closed(village)]
    other = completed(village, voter={"phone": "13700000000"})
    client = signed_in(village.staff)
    shown = client.post(PAGE, hidden(client.get(PAGE)) | {"phone": "+86 139 1234 5678"})
    assert {row.pk for row in shown.context["rows"]} == {case.pk for case in cases}
    assert NAME not in shown.content.decode()
    done = client.post(PAGE, {"phone": PHONE, "reason": "本人来电要求"})
    assert (done.status_code, done.url) == (302, PAGE)
    assert all(is_blank(opinion_of(case).voter) for case in cases)
    assert not is_blank(opinion_of(other).voter)
    for case in cases:
        assert events(case)[-1].verb == "erase"
        assert PHONE not in str(events(case)[-1].detail.changes)
        assert_chain_holds(case)
    again = client.post(PAGE, {"phone": PHONE})
    assert (again.status_code, set(again.context["form"].errors)) == (422, {"phone"})
    assert client.post(PAGE, {"phone": PHONE, "reason": "再来"}).status_code == 422


def test_the_page_asks_for_a_number_and_a_reason(village):
    client = signed_in(village.staff)
    assert client.post(PAGE, {"phone": "不知道"}).status_code == 422
    assert client.post(PAGE, {"phone": "13999999999"}).status_code == 422
    completed(village)
    assert client.post(PAGE, {"phone": PHONE, "reason": ""}).status_code == 422
    assert Voter.objects.with_number(PHONE).exists()


def test_a_station_erases_only_at_its_own_visits(village):
    case = completed(village)
    assert signed_in(village.other_liaison).post(PAGE, {"phone": PHONE, "reason": "要求"}).status_code == 422
    assert not is_blank(opinion_of(case).voter)
    for actor in (village.deputy, village.chair, make_actor(Role.TOWNSHIP)):
        assert signed_in(actor).get(PAGE).status_code == 403
    assert signed_in(village.liaison).post(PAGE, {"phone": PHONE, "reason": "要求"}).status_code == 302
    assert is_blank(opinion_of(case).voter)


def test_by_rule_twelve_months_after_it_was_settled(village):
    done, running = closed(village), completed(village)
    kept(done, stored("录音.jpg"))
    with noon(TODAY + timedelta(365)):
        assert erasing.sweep() == 0
    with noon(TODAY + timedelta(367)):
        assert erasing.sweep() == 1
        assert erasing.sweep() == 0
    assert is_blank(opinion_of(done).voter) and done.papers.get().erased_at is not None
    assert not is_blank(opinion_of(running).voter)
    last = events(done)[-1]
    assert (last.verb, last.actor, last.detail.changes["by"]) == ("erase", None, "rule")
    assert_chain_holds(done)


def test_the_countys_own_rule_counts(village):
    RuleSet.objects.create(valid_from=TODAY).values.create(key="voter_erase_months", value=1)
    closed(village)
    with noon(TODAY + timedelta(40)):
        call_command("erase_voters")
    assert is_blank(Voter.objects.get())


def test_the_sweep_goes_in_chunks_and_a_visit_without_a_voter_is_left_alone(village, monkeypatch):
    monkeypatch.setattr(erasing, "CHUNK", 2)
    for _more in range(3):
        closed(village)
    nobody = completed(village, logged(village, who=""), voter={"phone": ""})
    told(village, nobody)
    Visit.objects.filter(pk=nobody.pk).update(status="CLOSED")
    with noon(TODAY + timedelta(400)):
        assert erasing.sweep() == 3
    assert [event.verb for event in events(nobody)].count("erase") == 0
