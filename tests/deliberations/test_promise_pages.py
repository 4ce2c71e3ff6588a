"""Promises through their pages, without JavaScript: the list with its lights, one of them, the sheet that is signed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Role
from tests.deliberations.meeting_factory import House, attended, opened, promised, said
from tests.deliberations.promising import REPORT, denied, fresh, later, made, not_kept, reported
from tests.factory import make_actor, make_organ
from tests.suggestions.factory import TODAY, noon
from tests.suggestions.web import hidden, send, signed_in

LIST = reverse("deliberations:promises")
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def house(db):
    with noon(TODAY):
        yield House()


def page_of(promise, name="promise"):
    return reverse(f"deliberations:{name}", args=[promise.pk])


def act_of(promise, verb):
    return reverse("deliberations:promise_act", args=[promise.pk, verb])


def read(actor, url, **query):
    answer = signed_in(actor).get(url, query)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer


def test_day_sixteen_of_fifteen_is_red(house):
    """Scenario 4."""
    promise = made(house)
    for days, colour, late in ((0, "green", False), (15, "orange", False), (16, "red", True)):
        with later(days):
            answer = read(house.staff, LIST)
            row = answer.context["rows"][0]
            assert (row.light.colour, row.light.days, row.is_late) == (colour, 15 - days, late)
            assert ('class="is-late"' in answer.content.decode()) == late
            assert promise.text in answer.content.decode()


def test_what_is_settled_has_no_light(house):
    promise = made(house, days=0)
    with later(1):
        not_kept(house, promise)
        assert read(house.staff, LIST).context["rows"][0].light is None


def test_each_sees_its_own(house):
    promise = made(house)
    headings = {
        house.handler: gettext("Promises of our organ"), house.deputy: gettext("Promised to me"),
        house.liaison: gettext("Promises on the spot"), house.staff: gettext("Promises on the spot"),
    }  # fmt: skip
    for actor, heading in headings.items():
        page = read(actor, LIST).content.decode()
        assert page_of(promise) in page
        assert heading in page
        assert signed_in(actor).get(page_of(promise)).status_code == 200
    for actor in (make_actor(Role.ORGAN_HANDLER), house.other_liaison):
        page = read(actor, LIST).content.decode()
        assert promise.text not in page
        assert gettext("Nothing was promised at a deliberation meeting yet.") in page
        assert signed_in(actor).get(page_of(promise)).status_code == 404


@pytest.mark.parametrize("role", [Role.COUNTY_LEADER, Role.SYSTEM_ADMIN, Role.PARTY_OFFICE, Role.TOWNSHIP])
def test_others_have_no_list(house, role):
    assert signed_in(make_actor(role)).get(LIST).status_code == 403


def test_the_list_is_narrowed(house):
    promise, other = made(house), make_organ("县财政局")
    meeting = promise.meeting_opinion.meeting
    with later(16):
        assert read(house.staff, LIST, due="overdue").context["rows"] == [promise]
        assert read(house.staff, LIST, due="open").context["rows"] == [promise]
        not_kept(house, promise)
        empty = read(house.staff, LIST, due="overdue")
        assert gettext("No promise fits these filters.") in empty.content.decode()
    assert read(house.staff, LIST, status="NOT_KEPT").context["rows"] == [promise]
    assert read(house.staff, LIST, organ=house.bureau.pk, cycle=meeting.cycle_id).context["rows"] == [promise]
    # only organs that promised anything are offered
    assert read(house.staff, LIST, organ=other.pk).context["filter_form"].errors["organ"]
    assert read(house.staff, LIST, status="KEPT").context["rows"] == []


def test_tabs_count_what_is_open_and_overdue(house):
    promise = made(house)
    with later(16):
        counts = [tab["count"] for tab in read(house.staff, LIST).context["tabs"]]
        assert counts == [1, 1, 1]
        not_kept(house, promise)
        assert [tab["count"] for tab in read(house.staff, LIST).context["tabs"]] == [1, 0, 0]


def test_the_organ_reports_with_a_picture_and_the_deputy_confirms(house):
    promise = made(house)
    picture = SimpleUploadedFile("路灯.png", PNG, content_type="image/png")
    typed = {"text": REPORT, "on": "2026-03-16", "picture": picture}
    answer = send(house.handler, act_of(promise, "report_done"), **typed)
    assert (answer.status_code, answer.url) == (302, page_of(promise))
    page = read(house.deputy, page_of(promise)).content.decode()
    assert REPORT in page
    assert page_of(promise, "promise_picture") in page
    assert signed_in(house.deputy).get(page_of(promise, "promise_picture")).status_code == 200
    assert signed_in(make_actor(Role.ORGAN_HANDLER)).get(page_of(promise, "promise_picture")).status_code == 404
    assert send(house.deputy, act_of(promise, "confirm_kept")).status_code == 302
    assert fresh(promise).status == "KEPT"


def test_no_picture_is_not_found(house):
    assert signed_in(house.staff).get(page_of(made(house), "promise_picture")).status_code == 404


def test_who_acts_in_person_is_not_asked_how(house):
    promise = made(house)
    assert "how" not in read(house.handler, act_of(promise, "report_done")).context["form"].fields
    assert "how" in read(house.staff, act_of(promise, "report_done")).context["form"].fields
    reported(house, promise)
    assert "how" not in read(house.deputy, act_of(promise, "deny")).context["form"].fields
    assert "how" in read(house.liaison, act_of(promise, "deny")).context["form"].fields


def test_a_denial_is_read_by_the_organ(house):
    promise = reported(house)
    assert send(house.liaison, act_of(promise, "deny"), words="只装了五盏。", how="TELEPHONE").status_code == 302
    page = read(house.handler, page_of(promise)).content.decode()
    assert "只装了五盏。" in page
    assert gettext("Reported, and not found so by the deputy") in page


def test_an_empty_report_is_shown_again(house):
    promise = made(house)
    answer = send(house.handler, act_of(promise, "report_done"), text="", on="2026-03-16")
    assert answer.status_code == 422
    assert fresh(promise).status == "MADE"


def test_buttons_are_those_of_the_person_and_the_state(house):
    promise = made(house, days=0)
    with later(1):
        seen = {
            actor: [button["verb"] for button in read(actor, page_of(promise)).context["acts"]]
            for actor in (house.staff, house.handler, house.deputy, house.liaison)
        }
        assert list(seen.values()) == [["report_done", "declare_not_kept"], ["report_done"], [], []]
        reported(house, promise)
        for actor in (house.deputy, house.liaison):
            verbs = [button["verb"] for button in read(actor, page_of(promise)).context["acts"]]
            assert verbs == ["confirm_kept", "deny"]


def test_before_its_day_is_over_nothing_is_recorded_as_not_kept(house):
    promise = made(house)
    assert signed_in(house.staff).get(act_of(promise, "declare_not_kept")).status_code == 409
    assert signed_in(house.handler).get(act_of(promise, "declare_not_kept")).status_code == 403


def test_staff_turn_it_into_a_suggestion_from_its_page(house):
    promise = made(house)
    collect = reverse("suggestions:collect_promise", args=[promise.pk])
    assert collect not in read(house.staff, page_of(promise)).content.decode()
    with later(16):
        assert collect in read(house.staff, page_of(promise)).content.decode()
        for actor in (house.liaison, house.deputy, house.handler):
            assert collect not in read(actor, page_of(promise)).content.decode()


def test_the_page_leads_to_the_meeting_of_whoever_sees_it(house):
    promise = made(house)
    meeting = reverse("deliberations:meeting", args=[promise.meeting_opinion.meeting_id])
    office = make_actor(Role.GOVERNMENT_OFFICE)
    assert f'href="{meeting}"' in read(house.staff, page_of(promise)).content.decode()
    assert f'href="{meeting}"' not in read(office, page_of(promise)).content.decode()


def test_somebody_faster_shows_again_what_was_typed(house):
    promise = reported(house)
    client = signed_in(house.deputy)
    form = hidden(client.get(act_of(promise, "deny")))
    denied(house, promise, actor=house.staff, how="TELEPHONE")
    reported(house, promise)
    answer = client.post(act_of(promise, "deny"), form | {"words": "还差三盏。"})
    assert answer.status_code == 409
    assert "还差三盏。" in answer.content.decode()


def test_the_sheet_is_signed_before_they_leave(house):
    meeting = attended(house, opened(house))
    promised(house, said(house, meeting), text="换管80米")
    sheet = reverse("deliberations:meeting_promises", args=[meeting.pk])
    page = read(house.liaison, sheet).content.decode()
    assert "县水务局钱局长当场承诺：于2026年3月31日前换管80米" in page
    for words in ("现场承诺清单", "承诺人签字", "代表签字", "周大爷"):
        assert words in page
    assert "换管80米" in read(house.handler, sheet).content.decode()


def test_an_organ_finds_its_own_lines_only_on_the_sheet(house):
    meeting = attended(house, opened(house))
    other = make_organ("县财政局")
    promised(house, said(house, meeting), text="换管80米")
    promised(house, said(house, meeting, "缺钱"), text="拨款五万元", organ=other, person="吴局长")
    page = read(house.handler, reverse("deliberations:meeting_promises", args=[meeting.pk])).content.decode()
    assert "换管80米" in page
    assert "拨款五万元" not in page


def test_a_sheet_without_promises_says_so(house):
    meeting = opened(house)
    page = read(house.staff, reverse("deliberations:meeting_promises", args=[meeting.pk])).content.decode()
    assert gettext("Nothing was promised at this meeting.") in page
    assert (
        signed_in(house.other_liaison).get(reverse("deliberations:meeting_promises", args=[meeting.pk])).status_code
        == 404
    )


def test_pages_cost_as_many_queries_for_many_as_for_few(house):
    meeting = attended(house, opened(house))
    sheet = reverse("deliberations:meeting_promises", args=[meeting.pk])
    client = signed_in(house.staff)

    def asked(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    first = promised(house, said(house, meeting))
    asked(LIST)
    few = [asked(url) for url in (LIST, sheet, page_of(first))]
    for number in range(4):
        promised(house, said(house, meeting, f"意见{number}"), organ=make_organ(f"县第{number}局"))
    assert [asked(url) for url in (LIST, sheet, page_of(first))] == few


def test_whoever_confirms_reads_there_what_the_organ_says_it_did(house):
    promise = made(house)
    reported(house, promise)
    for verb in ("confirm_kept", "deny"):
        assert REPORT in read(house.deputy, act_of(promise, verb)).content.decode()
