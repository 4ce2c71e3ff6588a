"""The chain page at the end of the walk: all of it, both ways, as far as each reader may see it (scenario 5)."""

from typing import Any

from django.urls import reverse

from deliberations.models import Meeting, Visit
from suggestions.models import Suggestion
from supervision.models import Card
from tests.stories.walking import PHONE, VOTER, WORDS, People, read
from tests.suggestions.web import signed_in


def assert_tells_all_of_it(people: People, case: Suggestion, card: Card) -> None:
    """Staff walk every link; deputy, liaison and organs theirs; nobody reads who the voter is."""
    county = people.county
    visit, meeting = Visit.objects.get(), Meeting.objects.get(kind="DELIBERATION")
    pages = {
        "visit": reverse("deliberations:visit", args=[visit.pk]),
        "meeting": reverse("deliberations:meeting", args=[meeting.pk]),
        "card": reverse("supervision:card", args=[card.pk]),
    }
    leads_on = {
        county.staff: ["visit", "meeting", "card"],
        county.deputy: ["visit", "meeting", "card"],
        county.liaison: ["visit", "meeting", "card"],
        county.host: ["meeting", "card"],
        county.co_host: ["card"],
        county.office: ["card"],
    }
    for actor, names in leads_on.items():
        links = _links(actor, case)
        urls = {link.url for link in links if link.url}
        assert {name for name, url in pages.items() if url in urls} == set(names), actor.role
        assert all(signed_in(actor).get(url).status_code == 200 for url in urls), actor.role
        _assert_in_order(links, sees_telling="visit" in names)
        assert all(link.reached for link in links), actor.role
    assert signed_in(county.stranger).get(_url(case)).status_code == 404
    for url in pages.values():
        assert _url(case) in read(county.staff, url).content.decode()


def _url(case: Suggestion) -> str:
    return reverse("supervision:chain", args=[case.pk])


def _links(actor: Any, case: Suggestion) -> list[Any]:
    page = read(actor, _url(case))
    said = page.content.decode()
    assert VOTER not in said
    assert PHONE not in said
    return [link for part in page.context["parts"] for link in part.links]


def _assert_in_order(links: list[Any], *, sees_telling: bool) -> None:
    """From the voter's words over both answers to the telling; what the voter was told only where the visit is seen."""
    words = [link.words for link in links]
    assert words[0] == WORDS
    assert words[1] == "建议加宽南门路，两车会不开。"
    codes = [link.code for link in links]
    replies = [link.notes for link in links if "郑局长" in link.notes]
    assert len(replies) == 2
    assert codes.index("DISSATISFIED") < len(codes) - 1 - codes[::-1].index("SATISFIED")
    assert links[-1].code == "DONE"
    assert bool(links[-1].words) == sees_telling
