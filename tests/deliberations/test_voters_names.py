"""A voter's name and number: sealed in the database, on no page, in no record, shown only by an act that is recorded."""

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.models import Role
from deliberations.models import DeliberationEventDetail
from deliberations.transitions import correcting, settling, visiting
from notifications.models import Notification
from tests.deliberations.visiting import (
    NAME,
    PHONE,
    Village,
    assert_chain_holds,
    closed,
    completed,
    events,
    facts,
    fresh,
    logged,
    opinion_of,
    recorded,
    told,
)
from tests.factory import make_actor
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import signed_in
from workflow.engine import Conflict, Invalid, NotAllowed


@pytest.fixture
def village(db):
    with noon(TODAY):
        yield Village()


@pytest.fixture
def lived(village):
    """Visits at every point of their life, whose voters' names and numbers were typed, corrected and looked up."""
    cases = [logged(village), completed(village), recorded(village), closed(village)]
    row = opinion_of(cases[1])
    settling.reveal(row, actor=village.liaison)
    changed = facts(village, voter={"name": NAME[::-1], "phone": PHONE[::-1]}, visit={"place": "北门村"})
    correcting.correct(row, actor=village.staff, version=fresh(cases[1]).version, words="路断了。", **changed)
    back = facts(village, voter={"name": NAME, "phone": PHONE})
    correcting.correct(row, actor=village.staff, version=fresh(cases[1]).version, words="路通了。", **back)
    visiting.confirm(cases[2], actor=village.deputy, version=fresh(cases[2]).version)
    told(village, cases[2], final=False)
    return cases


def pages(case):
    """Every address of a visit that is read."""
    opinion = opinion_of(case).pk
    yield reverse("deliberations:visit", args=[case.pk])
    yield reverse("deliberations:voter", args=[case.pk, opinion])
    for verb in ("complete", "confirm", "add_opinion", "close"):
        yield reverse("deliberations:visit_act", args=[case.pk, verb])
    for verb in ("tell", "correct"):
        yield reverse("deliberations:opinion_act", args=[case.pk, opinion, verb])


def everybody(village):
    known = [village.deputy, village.companion, village.liaison, village.staff, village.chair, village.vice]
    return [*known, village.body, *village.strangers()]


def test_no_page_of_anybody_shows_a_name_or_a_number(village, lived):
    lists = [reverse("deliberations:visits"), "/", "/inbox/", reverse("stations:detail", args=[village.station.pk])]
    lists += [f"{lists[0]}?waits={wait}" for wait in ("completion", "telling", "confirmation", "closing")]
    lists += [reverse("suggestions:list"), f"{reverse('suggestions:jump')}?q={NAME}", reverse("accounts:events")]
    seen = 0
    for actor in everybody(village):
        client = signed_in(actor)
        for url in [*lists, *(url for case in lived for url in pages(case))]:
            text = client.get(url, follow=True).content.decode()
            # what was typed into a search box comes back in it
            text = text.replace(f'value="{NAME}"', "").replace(f"q={NAME}", "")
            found = [word for word in (NAME, PHONE, NAME[::-1], PHONE[::-1]) if word in text and "?q=" not in url]
            assert found == [], (actor.role, url)
            seen += "路通了。" in text
    assert seen


def test_nothing_searches_for_a_name(village, lived):
    for actor in (village.liaison, village.deputy, village.staff):
        client = signed_in(actor)
        whole = len(client.get(reverse("deliberations:visits")).context["rows"])
        for name in ("q", "name", "phone", "voter", "opinions__voter__phone_mark"):
            found = client.get(reverse("deliberations:visits"), {name: NAME}).context["rows"]
            assert len(found) == whole


def test_no_event_no_notification_and_no_letter_tells_a_name_or_words(village, lived):
    words = (NAME, PHONE, NAME[::-1], PHONE[::-1], "路断了。", "路通了。", "下月就修")
    told_of = [f"{row.reason} {row.changes}" for row in DeliberationEventDetail.objects.all()]
    told_of += [f"{row.params} {row.url} {row.fact}" for row in Notification.objects.all()]
    told_of += [str(letter.message()) for letter in mail.outbox]
    assert len(told_of) > 10
    assert [text for text in told_of if any(word in text for word in words)] == []
    for case in lived:
        assert_chain_holds(case)


def test_no_column_of_the_database_holds_a_name_or_a_number(village, lived):
    tables = [name for name in connection.introspection.table_names() if name.startswith(("deliberations", "notif"))]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str(cursor.fetchall())
            assert [word for word in (NAME, PHONE, NAME[::-1], PHONE[::-1]) if word in rows] == [], table


def test_who_must_call_back_sees_it_by_an_act_and_the_act_is_recorded(village):
    case = completed(village)
    for actor in (village.liaison, village.deputy):
        page = signed_in(actor).post(reverse("deliberations:voter", args=[case.pk, opinion_of(case).pk]))
        assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
        assert NAME in page.content.decode()
        assert PHONE in page.content.decode()
        last = events(case)[-1]
        assert (last.verb, last.actor, last.part_key) == ("reveal", actor.user, opinion_of(case).uuid)
    assert_chain_holds(case)


def test_the_committee_says_why(village):
    case = completed(village)
    url = reverse("deliberations:voter", args=[case.pk, opinion_of(case).pk])
    for actor in (village.staff, village.chair, village.vice):
        client = signed_in(actor)
        before = len(events(case))
        assert client.get(url).status_code == 200
        refused = client.post(url, {"reason": " "})
        assert (refused.status_code, len(events(case))) == (422, before)
        assert NAME not in refused.content.decode()
        assert NAME in client.post(url, {"reason": "核实来电"}).content.decode()
        assert events(case)[-1].detail.reason == "核实来电"


def test_why_the_committee_looked_is_told_to_the_committee_only(village):
    case = completed(village)
    settling.reveal(opinion_of(case), actor=village.staff, reason="核实来电")
    url = reverse("deliberations:visit", args=[case.pk])
    assert "核实来电" in signed_in(village.chair).get(url).content.decode()
    assert "核实来电" not in signed_in(village.liaison).get(url).content.decode()


def test_nobody_else_sees_it(village):
    case = completed(village)
    for actor in (village.body, village.companion, *village.strangers()):
        with pytest.raises(NotAllowed):
            settling.reveal(opinion_of(case), actor=actor, reason="想看看")
    url = reverse("deliberations:voter", args=[case.pk, opinion_of(case).pk])
    assert signed_in(village.body).get(url).status_code == 403
    assert [event.verb for event in events(case)] == ["log", "complete"]


def test_a_reason_is_asked_before_anything_is_opened(village):
    case = completed(village)
    with pytest.raises(Invalid):
        settling.reveal(opinion_of(case), actor=village.staff)
    assert len(events(case)) == 2


def test_where_no_name_was_given_there_is_nothing_to_reveal(village):
    case = completed(village, logged(village, who=""), voter={"phone": "", "village": "南门村"})
    with pytest.raises(Conflict) as refused:
        settling.reveal(opinion_of(case), actor=village.liaison)
    assert refused.value.code == "anonymous"
    url = reverse("deliberations:voter", args=[case.pk, opinion_of(case).pk])
    assert signed_in(village.liaison).get(url).status_code == 409
    assert url not in signed_in(village.liaison).get(reverse("deliberations:visit", args=[case.pk])).content.decode()


def test_a_lost_key_is_a_sentence_and_the_name_can_be_entered_anew(village, settings):
    case = completed(village)
    settings.FIELD_KEYS = ["n" * 40]
    with pytest.raises(Conflict) as refused:
        settling.reveal(opinion_of(case), actor=village.liaison)
    assert refused.value.code == "sealed"
    assert len(events(case)) == 2
    again = facts(village, voter={"name": "新名字", "phone": PHONE})
    version = fresh(case).version
    correcting.correct(opinion_of(case), actor=village.liaison, version=version, words="路断了。", **again)
    assert settling.reveal(opinion_of(case), actor=village.liaison) == ("新名字", PHONE)


def test_a_new_key_in_front_changes_nothing_for_who_may_look(village, settings):
    case = completed(village)
    settings.FIELD_KEYS = ["n" * 40, *settings.FIELD_KEYS]
    assert settling.reveal(opinion_of(case), actor=village.deputy) == (NAME, PHONE)


def test_a_post_that_ended_reveals_nothing_more(village):
    case = completed(village)
    village.station.staff.update(until=TODAY.replace(day=1))
    with pytest.raises(NotAllowed):
        settling.reveal(opinion_of(case), actor=village.liaison)
    assert make_actor(Role.STATION, station=village.station).role == Role.STATION
