"""From the meeting to the telling: each page as those who work on it see it, at three widths and for axe."""

import pytest

from deliberations.models import Cycle, Meeting, Promise, TownshipTask
from suggestions.models import CoSignature, Suggestion
from supervision.models import Card
from tests.browser.test_access import serious
from tests.browser.watching import DESK, PHONE, picture, sign_in, too_wide

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
S, M = Suggestion.Status, Meeting.Status


def pages_of_staff():
    meeting, handed = (
        Meeting.objects.get(status=M.OPEN),
        Meeting.objects.filter(kind="HAND_OVER", status=M.CLOSED).last(),
    )
    said, case = meeting.opinions.filter(outcome="").first() or meeting.opinions.first(), told_from()
    return {
        "cycle": f"/deliberations/cycles/{meeting.cycle_id}/",
        "meeting": f"/deliberations/meetings/{meeting.pk}/",
        "attendance": f"/deliberations/meetings/{meeting.pk}/note_attendance/",
        "outcome": f"/deliberations/meetings/{meeting.pk}/opinions/{said.pk}/promise/",
        "promise-sheet": f"/deliberations/meetings/{promised().meeting_opinion.meeting_id}/promises/",
        "promises": "/deliberations/promises/",
        "hand-over": f"/deliberations/hand-over-meetings/{handed.pk}/",
        "hand-over-sheet": f"/suggestions/hand-overs/{handed.pk}/sheet/",
        "resolutions": "/deliberations/resolutions/",
        "tasks": "/deliberations/township-tasks/",
        "intake": "/suggestions/intake/",
        "drafts": "/suggestions/drafts/",
        "key": "/suggestions/key/",
        "agenda": "/suggestions/agenda/",
        "cards": "/cards/",
        "card": f"/cards/{Card.objects.filter(status='ISSUED').first().pk}/",
        "card-sheet": f"/cards/{Card.objects.first().pk}/sheet/",
        "chain": f"/chain/{case.pk}/",
        "case": f"/suggestions/{case.pk}/",
    }


def pages_of_station():
    meeting = Meeting.objects.filter(station__code="JZ04", status=M.CLOSED, kind="DELIBERATION").last()
    return {
        "cycle": f"/deliberations/cycles/{Cycle.objects.get(status='DELIBERATING').pk}/",
        "meeting": f"/deliberations/meetings/{meeting.pk}/",
        "record": "/deliberations/visits/record/",
        "draft": "/suggestions/drafts/new/",
        "signature": f"/suggestions/signatures/{CoSignature.objects.get(status='INVITED').pk}/",
        "tasks": "/deliberations/township-tasks/",
        "chain": f"/chain/{told_from().pk}/",
    }


def pages_of_deputy():
    draft = Suggestion.objects.get(status=S.DRAFT, lead__certificate_no="X0034")
    returned = Suggestion.objects.get(status=S.RETURNED, lead__certificate_no="X0034")
    return {
        "home": "/",
        "note": "/deliberations/visits/new/",
        "visits": "/deliberations/visits/",
        "new-draft": "/suggestions/drafts/new/",
        "draft": f"/suggestions/{draft.pk}/",
        "returned": f"/suggestions/{returned.pk}/",
        "promises": "/deliberations/promises/",
        "meetings": "/deliberations/meetings/",
        "chain": f"/chain/{told_from().pk}/",
    }


def pages_of_deputy2():
    return {"signature": f"/suggestions/signatures/{CoSignature.objects.get(status='INVITED').pk}/"}


def pages_of_vice():
    card = Card.objects.get(status="DRAFT")
    reported = Card.objects.get(status="FEEDBACK_GIVEN")
    return {
        "home": "/",
        "card": f"/cards/{card.pk}/",
        "sign": f"/cards/{card.pk}/sign_card/",
        "conclude": f"/cards/{reported.pk}/conclude/",
    }


def pages_of_unit():
    return {
        "home": "/",
        "promise": f"/deliberations/promises/{promised().pk}/",
        "report": f"/deliberations/promises/{promised().pk}/report_done/",
        "cards": "/cards/",
        "hand-overs": "/deliberations/hand-over-meetings/",
    }


def pages_of_township():
    task = TownshipTask.objects.filter(done_on=None).first()
    return {
        "home": "/",
        "tasks": "/deliberations/township-tasks/",
        "finish": f"/deliberations/township-tasks/{task.pk}/finish/",
    }


def promised():
    return Promise.objects.select_related("meeting_opinion").filter(status="MADE", organ__name="县水利局").first()


def told_from():
    """A suggestion that came from a meeting and was closed."""
    rows = Suggestion.objects.filter(status=S.CLOSED, sources__isnull=False, lead__certificate_no="X0034")
    return rows.first() or Suggestion.objects.filter(sources__isnull=False, lead__certificate_no="X0034").first()


PAGES = {
    "staff": pages_of_staff, "station": pages_of_station, "deputy": pages_of_deputy, "deputy2": pages_of_deputy2,
    "vice": pages_of_vice, "unit": pages_of_unit, "township": pages_of_township,
}  # fmt: skip


@pytest.mark.parametrize("username", PAGES)
def test_the_pages_from_the_meeting_to_the_telling_fit_and_are_accessible(visitor, username):
    page, found = visitor(), {}
    sign_in(page, username)
    for name, path in PAGES[username]().items():
        page.set_viewport_size(DESK)
        assert page.goto(path).status == 200, path
        assert page.locator("h1").count() == 1, path
        wrong = serious(page)
        for size in (DESK, NARROW, PHONE):
            page.set_viewport_size(size)
            wrong += [f"too wide at {size['width']}"] if too_wide(page) > 0 else []
        wrong += serious(page)
        picture(page, f"page-{username}-{name}-390")
        found[name] = wrong
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
