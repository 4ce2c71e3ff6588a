"""What a clerk looks for on a case page: whom to call, who comes first, what a word means for whom."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Officer
from notifications.models import Notification
from suggestions.models import Rating
from suggestions.stages import stage
from suggestions.templatetags.suggestions import clock_trace
from tests.factory import make_person
from tests.suggestions.factory import (
    RECEIPT,
    accepted,
    assigned,
    at_office,
    fresh,
    judged,
    opinion,
    part_of,
    registered,
    replied,
)
from tests.suggestions.web import act_url, signed_in


def page_of(case, actor):
    response = signed_in(actor).get(reverse("suggestions:detail", args=[case.pk]))
    assert response.status_code == 200
    return response


def liaison_of(organ, name, phone):
    return Officer.objects.create(
        organ=organ, person=make_person(name), duty=Officer.Duty.LIAISON, phone=phone, since=date(2025, 1, 1)
    )


def test_the_handler_is_called_once_the_receipt_names_one(county):
    liaison_of(county.bureau, "吴联络", "0310-5000001")
    ball = page_of(accepted(county), county.staff).context["ball"]
    assert (ball["person"], ball["phone"]) == (RECEIPT["handler"], RECEIPT["phone"])


def test_before_the_receipt_the_liaison_officer_of_the_organ_is_called(county):
    liaison_of(county.bureau, "吴联络", "0310-5000001")
    ball = page_of(assigned(county), county.staff).context["ball"]
    assert (ball["who"], ball["person"], ball["phone"]) == (county.bureau.name, "吴联络", "0310-5000001")


def test_an_organ_without_officers_is_called_under_its_own_number(county):
    type(county.bureau).objects.filter(pk=county.bureau.pk).update(phone="0310-5999999")
    ball = page_of(assigned(county), county.staff).context["ball"]
    assert (ball["person"], ball["phone"]) == ("", "0310-5999999")


def test_what_the_government_office_holds_is_asked_of_its_liaison_officer(county):
    office = county.office.post.organ
    liaison_of(office, "郑督查", "0310-5000002")
    ball = page_of(at_office(county), county.staff).context["ball"]
    assert (ball["who"], ball["person"], ball["phone"]) == (office.name, "郑督查", "0310-5000002")


@pytest.mark.parametrize(("who", "sees"), [("staff", 2), ("office", 2), ("host", 2), ("deputy", 0), ("liaison", 0)])
def test_whoever_must_talk_with_the_deputies_reads_their_numbers(county, who, sees):
    numbers = ["13900000001", "13900000002"]
    for mandate, number in zip((county.lead, county.second), numbers, strict=True):
        type(mandate.person).objects.filter(pk=mandate.person_id).update(phone=number)
    page = page_of(accepted(county, co_signers=[county.second]), getattr(county, who)).content.decode()
    assert sum(f"tel:{number}" in page for number in numbers) == sees


def test_the_host_stands_before_its_co_hosts(county):
    case = assigned(county, co_hosts=[county.helper])
    rounds = page_of(case, county.staff).context["rounds"]
    assert [row.is_host for row in rounds] == [True, False]


def test_a_co_host_that_gave_its_opinion_has_not_replied(county):
    case = accepted(county, co_hosts=[county.helper])
    opinion(county, case)
    part = part_of(fresh(case), county.co_host)
    assert stage(fresh(case), county.co_host, part.status, part.part) == _("opinion given")
    page = signed_in(county.co_host).get(reverse("suggestions:list"))
    assert page.context["rows"][0].stage == _("opinion given")


def test_staff_who_call_back_read_whom_under_which_number(county):
    type(county.lead.person).objects.filter(pk=county.lead.person_id).update(phone="13900000001")
    reply = replied(county)
    url = act_url(reply.assignment.suggestion, "evaluate", reply.assignment)
    form = signed_in(county.staff).get(url).context["form"]
    assert "13900000001" in form.fields["number_called"].help_text


def due_days(case, kind):
    rows = Notification.objects.filter(kind=f"suggestion.{kind}", url__contains=f"/{case.pk}/")
    return set(rows.values_list("due_on", flat=True))


def test_the_inbox_says_by_when_to_sign_and_by_when_to_answer_again(county):
    case = accepted(county)
    assert due_days(case, "assigned") == set(case.clocks.filter(kind="RECEIPT").values_list("act_by", flat=True))
    again = judged(county, Rating.DISSATISFIED)
    assert due_days(again, "next_round") == {again.clocks.get(kind="REPLY", round=2).act_by}


def test_that_a_calendar_is_only_assumed_is_said_once(county):
    row = accepted(county).clocks.get(kind="REPLY")
    row.provisional = True
    row.trace = [*row.trace, {"code": "provisional", "year": 2027}]
    assert "2027" in clock_trace(row)
    assert _("(calendar not announced yet)") not in clock_trace(row)


def test_after_the_number_the_next_sheet_is_one_click_away(county):
    entry = reverse("suggestions:submit")
    assert page_of(registered(county), county.staff).context["acts"][-1]["url"] == entry
    urls = [act["url"] for act in page_of(assigned(county), county.staff).context["acts"]]
    assert entry not in urls
