"""A court's item, by its pages: past the government office to the court itself (scenario 7)."""

from datetime import date

from django.urls import reverse

from suggestions.models import ResultClass, Suggestion
from tests.stories.walk_of_the_suggestion import LIST, TALK, assert_reply_term, detail, part_of
from tests.stories.walking import People, press, read, tile, told
from tests.suggestions.web import act_url, pdf, signed_in


def enter(people: People) -> Suggestion:
    """From paper by staff, then numbered."""
    staff = people.county.staff
    press(
        staff, reverse("suggestions:submit"), title="关于解决执行难的建议", lead="赵大海", facts="判了拿不到钱。",
        demand="请加大执行力度。", received_on="2026-03-30",
    )  # fmt: skip
    case = Suggestion.objects.get()
    press(staff, act_url(case, "register"), field=people.field.pk)
    case.refresh_from_db()
    return case


def hand_over_to_the_court(people: People, case: Suggestion) -> None:
    """It is handled at once: the court is told and signs, the office is not asked."""
    court = people.court
    press(people.county.staff, act_url(case, "hand_over"), to=court.organ_id, on="2026-03-30")
    case.refresh_from_db()
    assert case.status == "HANDLING"
    assert_reply_term(
        people, case, "自2026-03-30起3个月：2026-06-30（", round=1, start=date(2026, 3, 30), due=date(2026, 6, 30)
    )
    told(court, "suggestion.assigned")
    assert tile(court, f"{LIST}?waits=receipt") == 1
    press(
        court, act_url(case, "sign_receipt", part_of(case, court)), leader="张副院长", handler="陈法官", phone="5213000"
    )


def answer_of_the_court(people: People, case: Suggestion) -> None:
    """Contact, reply, sealed letter, delivered."""
    court, part = people.court, part_of(case, people.court)
    chosen = ResultClass.objects.get(code="A")
    press(court, act_url(case, "record_contact", part), on="2026-04-15", manner="TALK", **TALK)
    press(court, act_url(case, "draft_reply", part), result_class=chosen.pk, body="已执行到位。")
    press(court, act_url(case, "submit_reply", part))
    letter = {"doc_no": "望法函〔2026〕3号", "letter_on": "2026-04-18", "signed_by": "李院长", "scan": pdf()}
    press(court, act_url(case, "sign_reply", part), **letter)
    press(court, act_url(case, "deliver", part), way="HAND", on="2026-04-19")
    told(people.county.deputy, "suggestion.release_reply")


def assert_without_the_office(people: People, case: Suggestion) -> None:
    """The government office has neither a page of it nor a line, and was told nothing."""
    office = people.county.office
    assert signed_in(office).get(detail(case)).status_code == 404
    assert read(office, LIST).context["page"].count == 0
    assert not office.user.notifications.exists()


def release(people: People, case: Suggestion) -> None:
    """Satisfied, it is closed."""
    press(people.county.staff, act_url(case, "release_verdict"))
    case.refresh_from_db()
    assert (case.status, case.closing_basis) == ("CLOSED", "SATISFIED")
