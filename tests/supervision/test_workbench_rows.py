"""What the workbench of each role shows beside its numbers, and that each number opens its rows."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import Role
from deliberations.models import Promise
from stations.models import StationStaff
from suggestions.models import CoSignature, Extension, Rating, Suggestion
from supervision.models import Card
from supervision.workbench.greeting import greeting, surname
from tests.factory import make_actor, make_mandate, make_person
from tests.suggestions.behind import comes_from, met, promised, said, visited
from tests.suggestions.factory import (
    TODAY,
    accepted,
    assigned,
    at_office,
    contact,
    drafted,
    evaluate,
    fresh,
    judged,
    make_county,
    noon,
    opinion,
    part_of,
    registered,
    replied,
    submitted,
)
from tests.suggestions.web import act_url, signed_in
from workflow import clock

SIGNED_IN = 3


@pytest.fixture
def county(db):
    with noon(TODAY):
        yield make_county()


def home(actor):
    page = signed_in(actor).get(reverse("supervision:workbench"))
    assert page.status_code == 200
    return page


def busy(county):
    """Something of everything."""
    submitted(county)
    registered(county)
    at_office(county)
    assigned(county)
    accepted(county)
    visit = visited(county)
    meeting = met(county)
    comes_from(judged(county), meeting_opinion=said(county, meeting, visit))
    promised(county, meeting, status="MADE", made_on=TODAY - timedelta(20), due_on=TODAY - timedelta(1))


@pytest.mark.parametrize("role", [*Role.values])
def test_each_number_opens_exactly_its_rows(county, role):
    busy(county)
    known = {"COMMITTEE_STAFF": "staff", "GOVERNMENT_OFFICE": "office", "ORGAN_HANDLER": "host", "ORGAN_HEAD": "head"}
    known |= {"STATION": "liaison", "DEPUTY": "deputy"}
    actor = getattr(county, known[role]) if role in known else make_actor(role)
    client = signed_in(actor)
    tiles = client.get(reverse("supervision:workbench")).context["tiles"]
    assert tiles
    for tile in tiles:
        behind = client.get(tile["url"])
        assert behind.status_code == 200, tile["url"]
        assert behind.context["page"].count == tile["number"], tile["url"]


def test_a_heap_is_told_only_where_something_lies(county):
    assert home(county.staff).context["heaps"] == []
    said(county, met(county))
    heap = home(county.staff).context["heaps"][0]
    assert (heap["number"], heap["url"]) == (1, reverse("suggestions:intake"))
    assert home(county.host).context["heaps"] == []


def test_a_box_of_staff_says_how_long_the_oldest_has_waited(county):
    case = submitted(county)
    Suggestion.objects.filter(pk=case.pk).update(received_on=TODAY - timedelta(4))
    tiles = {tile["url"]: tile for tile in home(county.staff).context["tiles"]}
    box = tiles[f"{reverse('suggestions:list')}?status=SUBMITTED"]
    assert (box["number"], "4" in box["note"]) == (1, True)


def test_the_desk_of_staff_names_the_next_act_of_each(county):
    entered, numbered = submitted(county), registered(county)
    reply = replied(county)
    evaluate(county, reply)
    acts = {row.pk: row.next_act and row.next_act["url"] for row in home(county.staff).context["urgent"]}
    assert acts == {
        entered.pk: act_url(entered, "register"),
        numbered.pk: act_url(numbered, "hand_over"),
        reply.assignment.suggestion_id: act_url(reply.assignment.suggestion, "release_verdict"),
    }


def test_what_is_due_presses_more_than_what_waits_and_a_complaint_more_than_praise(county):
    praised = replied(county)
    evaluate(county, praised)
    blamed = replied(county)
    evaluate(county, blamed, attitude="DISSATISFIED", result="DISSATISFIED", text="没有修")
    entered = submitted(county)
    soon, late = accepted(county), accepted(county)
    soon.clocks.filter(kind="REPLY").update(act_by=TODAY + timedelta(9))
    late.clocks.filter(kind="REPLY").update(act_by=TODAY - timedelta(9))
    order = [row.pk for row in home(county.staff).context["urgent"]]
    both = {blamed.assignment.suggestion_id, entered.pk}
    assert (order[:2], set(order[2:4]), order[4]) == (
        [late.pk, soon.pk], both, praised.assignment.suggestion_id,
    )  # fmt: skip


def test_the_desk_of_staff_ends_after_twenty_five_and_says_how_many_more(county):
    case = submitted(county)
    Suggestion.objects.bulk_create(_copy(case) for _more in range(26))
    page = home(county.staff)
    assert (len(page.context["urgent"]), page.context["rest"]) == (25, 2)
    more = "%(count)s more, behind the numbers above"
    assert ngettext(more, more, 2) % {"count": 2} in page.content.decode()


def _copy(case):
    found = Suggestion.objects.get(pk=case.pk)
    found.pk, found.uuid = None, uuid4()
    return found


def ticks(county, who="host"):
    row = home(getattr(county, who)).context["organ_rows"][0]
    return [tick["done"] for tick in row.ticks], row.next_act and row.next_act["url"]


def test_an_organ_reads_what_is_still_lacking_and_is_led_to_the_next_of_it(county):
    case = assigned(county)
    own, other = part_of(case, county.host), part_of(case, county.co_host)
    assert ticks(county) == ([False] * 5, act_url(case, "sign_receipt", own))
    assert ticks(county, "co_host") == ([False, False], act_url(case, "sign_receipt", other))


def test_what_was_done_is_ticked_off(county):
    case = accepted(county)
    own = part_of(case, county.host)
    assert ticks(county) == ([True, False, False, False, False], act_url(case, "record_contact", own))
    contact(county, case)
    assert ticks(county)[1] == reverse("suggestions:detail", args=[case.pk])
    assert county.helper.name in home(county.host).content.decode()
    opinion(county, case)
    assert ticks(county) == ([True, True, True, False, False], act_url(case, "draft_reply", own))
    drafted(county, fresh(case))
    assert ticks(county)[1] == act_url(case, "submit_reply", own)


def test_when_all_signatories_have_the_letter_nothing_is_lacking(county):
    reply = replied(county)
    assert ticks(county) == (
        [True] * 4 + [False],
        act_url(reply.assignment.suggestion, "deliver", reply.assignment),
    )
    for mandate in (county.lead, county.second):
        reply.deliveries.create(mandate=mandate, way="HAND", on=TODAY)
    assert ticks(county) == ([True] * 5, None)
    assert str(_("waits for the deputy")) in home(county.host).content.decode()


def test_host_and_co_host_are_counted_apart(county):
    assigned(county)
    page = home(county.host)
    assert (page.context["hosted"], page.context["co_hosted"]) == (1, 0)
    page = home(county.co_host)
    assert (page.context["hosted"], page.context["co_hosted"]) == (0, 1)


@pytest.fixture
def vice(county):
    return make_actor(Role.DEPUTY_CHAIRPERSON)


def make_key(case, leader):
    Suggestion.objects.filter(pk=case.pk).update(
        is_key=True, supervising_leader=leader.user.person, imported_from="ledger.xls"
    )
    return fresh(case)


def sections(actor):
    return {section.heading: section for section in home(actor).context["sections"]}


def test_a_chairperson_for_whom_nothing_waits_is_told_so(vice):
    page = home(vice)
    assert page.context["sections"] == []
    assert str(_("There is nothing for you to deal with today.")) in page.content.decode()


def test_a_card_to_sign_and_a_later_date_of_a_key_suggestion_are_to_be_decided(county, vice):
    case = make_key(accepted(county), vice)
    Card.objects.create(suggestion=case, number="督办1", leader=vice.user.person, created_at=clock.now())
    Extension.objects.create(
        assignment=part_of(case, county.host), status="OFFICE_AGREED", requested_on=TODAY, old_due_on=TODAY,
        new_due_on=TODAY + timedelta(30), reason="施工许可", measures="已设计", explained_on=TODAY,
        explained_how="VISIT", signed_by="李局长",
    )  # fmt: skip
    lines = sections(vice)[_("To decide")].lines
    assert [line.what for line in lines] == [
        _("the supervision card is to be signed"),
        _("%(organ)s asks for a later date") % {"organ": county.bureau.name},
    ]
    other = make_actor(Role.DEPUTY_CHAIRPERSON)
    assert _("To decide") not in sections(other)


def test_what_is_late_says_whom_to_call(county, vice):
    case = accepted(county)
    case.clocks.filter(kind="REPLY").update(act_by=TODAY - timedelta(1), due_on=TODAY - timedelta(1))
    promise = promised(county, met(county), status="MADE", made_on=TODAY - timedelta(9), due_on=TODAY - timedelta(1))
    lines = sections(vice)[_("Late, or dissatisfied again")].lines
    assert [line.url for line in lines] == [
        reverse("suggestions:detail", args=[case.pk]),
        reverse("deliberations:promise", args=[promise.pk]),
    ]
    assert (lines[0].phone, lines[0].light.colour) == ("0310-5212345", "red")


def test_the_broken_promise_is_seen_behind_many_late_replies(county, vice):
    for _more in range(5):
        case = accepted(county)
        case.clocks.filter(kind="REPLY").update(act_by=TODAY - timedelta(1), due_on=TODAY - timedelta(1))
    promise = promised(county, met(county), status="MADE", made_on=TODAY - timedelta(9), due_on=TODAY - timedelta(1))
    section = sections(vice)[_("Late, or dissatisfied again")]
    assert section.lines[3].url == reverse("deliberations:promise", args=[promise.pk])
    assert (len(section.lines), section.rest, section.count) == (4, 2, 6)


@pytest.mark.parametrize(
    ("hour", "words"), [(1, "Good morning, "), (5, "Good day, "), (12, "Good evening, ")]
)  # UTC; the county is eight hours ahead
def test_the_chairpersons_are_greeted_by_surname_office_and_hour(county, vice, hour, words):
    type(vice.user.person).objects.filter(pk=vice.user.person_id).update(name="李建华")
    with clock.at(datetime(2026, 11, 23, hour, tzinfo=UTC)), override("en"):
        assert greeting(make_fresh(vice)) == f"{words}Deputy chairperson 李"
    assert f"{home(vice).context['greeting']}</h1>" in home(vice).content.decode()
    assert greeting(county.staff) == ""


def make_fresh(actor):
    actor.user.person.refresh_from_db()
    return actor


@pytest.mark.parametrize(
    ("name", "first"), [("李建华", "李"), ("欧阳修文", "欧阳"), ("司马", "司"), ("Ann Lee", "Ann Lee")]
)
def test_a_surname_may_have_two_characters(name, first):
    assert surname(name) == first


def test_twice_dissatisfied_is_told_until_it_is_on_the_agenda(county, vice):
    case = replied(county).assignment.suggestion
    Suggestion.objects.filter(pk=case.pk).update(round=2)
    case.verdicts.create(round=2, value=Rating.DISSATISFIED)
    lines = sections(vice)[_("Late, or dissatisfied again")].lines
    assert [line.what for line in lines] == [_("the deputy is dissatisfied for the second time")]
    Suggestion.objects.filter(pk=case.pk).update(agenda_on=TODAY)
    found = sections(vice)
    assert _("Late, or dissatisfied again") not in found
    assert found[_("To decide")].lines[0].what == _("is on the agenda of the council of chairpersons")


def test_the_day_has_twelve_lines_at_most_and_says_how_many_more(county, vice):
    for _row in range(5):
        make_key(accepted(county), vice)
    Suggestion.objects.update(agenda_on=TODAY)
    met(county, status="PLANNED", held_on=TODAY + timedelta(2))
    found = sections(vice)
    assert sum(len(section.lines) for section in found.values()) <= 12
    assert (len(found[_("To decide")].lines), found[_("To decide")].rest) == (4, 1)
    assert (len(found[_("You supervise")].lines), found[_("You supervise")].rest) == (2, 3)
    assert len(found[_("This week")].lines) == 1


def waits(county):
    found = home(county.deputy).context["waiting"]
    return found and found.sentence


def test_a_deputy_finds_the_one_thing_that_waits(county):
    assert waits(county) is None
    visit = visited(county)
    comes_from(case := judged(county), opinion=visit.opinions.get())
    assert waits(county) == _("It is done. Tell the voter who said it.")
    replied(county)
    assert waits(county) == _("An answer has come. What do you think of it?")
    other = make_mandate(make_person("孙远山"), station=county.station)
    asked = Suggestion.objects.create(
        lead=other, title="修桥", facts="桥窄", status="SIGNING", received_on=TODAY, confirmed_at=clock.now(),
        created_at=clock.now(),
    )  # fmt: skip
    CoSignature.objects.create(suggestion=asked, mandate=county.lead, status="INVITED")
    assert waits(county) == _("%(name)s asks you to sign along.") % {"name": "孙远山"}
    Suggestion.objects.create(
        lead=county.lead, title="修路", facts="路窄", status="DRAFT", received_on=TODAY, created_at=clock.now(),
        recorded_by=county.liaison.user,
    )  # fmt: skip
    assert waits(county) == _("This was written down for you. Is it what you meant?")
    assert case.pk


def test_a_deputys_page_has_the_ways_on_and_whom_to_call(county):
    StationStaff.objects.filter(station=county.station).update(phone="0310-5212345")
    text = home(county.deputy).content.decode()
    for url in ("deliberations:log_visit", "suggestions:list", "notifications:inbox", "suggestions:draft"):
        assert f'href="{reverse(url)}"' in text
    assert "tel:0310-5212345" in text


def queries(actor):
    client = signed_in(actor)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse("supervision:workbench")).status_code == 200
    return len(seen) - SIGNED_IN


def test_the_workbench_takes_as_many_queries_for_much_as_for_little(county, vice):
    readers = {who: getattr(county, who) for who in ("staff", "office", "host", "co_host", "liaison", "deputy")}
    readers["vice"] = vice
    make_key(replied(county).assignment.suggestion, vice)
    busy(county)
    few = {who: queries(actor) for who, actor in readers.items()}
    for _more in range(3):
        submitted(county)
        accepted(county)
        replied(county)
    assert Promise.objects.count() == 1
    assert {who: queries(actor) for who, actor in readers.items()} == few
    assert max(few.values()) <= 30, few


def test_what_the_ledger_does_not_tell_is_not_lacking(county):
    reply = replied(county)
    case = reply.assignment.suggestion
    reply.assignment.contacts.all().delete()
    Suggestion.objects.filter(pk=case.pk).update(imported_from="ledger.xlsx, row 3")
    assert ticks(county) == ([True] * 3, None)


def test_a_visit_written_down_for_a_deputy_waits_to_be_confirmed(county):
    visit = visited(county)
    assert waits(county) == _("Your visit was written down. Is it what you meant?")
    page = home(county.deputy).content.decode()
    assert f'href="{reverse("deliberations:visit", args=[visit.pk])}"' in page


def test_a_deputys_page_knows_whose_notes_wait_on_the_phone_and_nobody_elses_page_does(county):
    assert f'data-person="{county.deputy.user.uuid}"' in home(county.deputy).content.decode()
    assert "data-queue" not in home(county.liaison).content.decode()
