"""What staff and liaison record from paper where deputy and deputy chairperson only sign there."""

from django.urls import reverse

from suggestions.models import Evaluation, Suggestion
from supervision.models import Card
from tests.stories.walk_of_the_suggestion import CARDS, LIST, detail, of_card, part_of
from tests.stories.walking import People, press, refused, text, tile
from tests.suggestions.web import act_url, pdf


def sign_the_card(people: People, case: Suggestion) -> Card:
    """Filled in and printed; issued with the scan of the sheet that the deputy chairperson signed."""
    staff = people.county.staff
    press(staff, reverse("supervision:fill_card", args=[case.pk]), due_on="2026-06-20")
    card = Card.objects.get(suggestion=case)
    assert "督办领导签字" in text(staff, reverse("supervision:card_sheet", args=[card.pk]))
    assert refused(staff, of_card(card, "sign_card"), signed_on="2026-04-07") == 422
    press(staff, of_card(card, "sign_card"), signed_on="2026-04-07", sheet=pdf("督办卡.pdf"))
    card.refresh_from_db()
    version = card.versions.get()
    assert (card.status, version.signed_by, version.signed_on.isoformat()) == (
        "ISSUED",
        people.vice.user.person,
        "2026-04-07",
    )
    assert tile(people.county.host, f"{CARDS}?status=ISSUED") == 1
    return card


def judge(people: People, case: Suggestion) -> None:
    """The liaison enters the deputy's signed form with its scan; without the scan it is refused (scenario 19)."""
    liaison, part = people.county.liaison, part_of(case, people.county.host)
    typed = {
        "source": "LIAISON_SCAN", "mandate": people.county.lead.pk, "attitude": "SATISFIED", "result": "SATISFIED",
        "text": "路修好了。",
    }  # fmt: skip
    assert refused(liaison, act_url(case, "evaluate", part), **typed) == 422
    press(liaison, act_url(case, "evaluate", part), scan=pdf("征询表.pdf"), **typed)
    assert Evaluation.objects.get().mandate == people.county.lead
    assert tile(people.county.staff, f"{LIST}?waits=verdict") == 1
    assert "路修好了。" not in text(people.county.host, detail(case))


def strike_the_card_off(people: People, card: Card) -> None:
    """Staff enter what the deputy chairperson wrote under the organ's report."""
    press(people.county.host, of_card(card, "report_completion"), report="南门路已加宽通车。")
    press(people.county.staff, of_card(card, "conclude"), accepted="yes", conclusion="同意销号。", how="PAPER")
    card.refresh_from_db()
    assert card.status == "STRUCK_OFF"


def assert_deputy_and_chair_did_nothing_here(people: People, case: Suggestion) -> None:
    """Both stand in the record as whom it was done for, never as who pressed; and each act says on which road."""
    county, silent = people.county, [people.county.deputy.user, people.county.co_signer.user, people.vice.user]
    records = [case.events.all(), Card.objects.get(suggestion=case).events.all()]
    events = [event for rows in records for event in rows]
    assert not [event.verb for event in events if event.actor in silent]
    on_behalf = {event.verb: (event.on_behalf_of, event.how) for event in events if event.on_behalf_of}
    assert on_behalf["evaluate"] == (county.lead.person, "PAPER")
    assert on_behalf["submit"] == (county.lead.person, "PAPER")
    assert on_behalf["sign_card"] == (people.vice.user.person, "PAPER")
    assert on_behalf["conclude"] == (people.vice.user.person, "PAPER")
