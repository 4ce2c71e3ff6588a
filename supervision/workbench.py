"""What waits for whom today: for each role the numbers that matter, each opening the rows behind it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import AccountEvent, Organ, Role, User
from deliberations.filters.visits import VisitFilter
from deliberations.models import Visit
from stations.models import Mandate, Station
from suggestions.filters import SuggestionFilter
from suggestions.models import Suggestion
from suggestions.stages import stage_of_row
from suggestions.views.case import light_of


@dataclass(frozen=True)
class Rows:
    """A list that is counted: its model, its own filter, its address."""

    model: Any
    filter: Any
    url_name: str


SUGGESTIONS = Rows(Suggestion, SuggestionFilter, "suggestions:list")
VISITS = Rows(Visit, VisitFilter, "deliberations:visits")


@dataclass(frozen=True)
class Number:
    """A filter of a list with a name; counted by the list's own filter, so that both always agree."""

    label: Any
    wish: tuple[tuple[str, str], ...]
    tone: str = ""
    rows: Rows = SUGGESTIONS


@dataclass(frozen=True)
class Place:
    """A list that a post without suggestions may look at, with how much is in it."""

    label: Any
    page: str
    model: Any


TO_REGISTER = Number(_("to be registered"), (("status", "SUBMITTED"),))
TO_HAND_OVER = Number(_("to be handed over"), (("status", "REGISTERED"),))
TO_ALLOT = Number(_("to be allotted"), (("status", "AT_FORWARDER"),))
TO_SIGN = Number(_("receipt not signed"), (("waits", "receipt"),))
TO_GIVE = Number(_("co-host's opinion out"), (("waits", "opinion"),))
TO_REPLY = Number(_("to be answered"), (("waits", "reply"),))
NEAR = Number(_("due within 30 days"), (("light", "within_30"),), "near")
OVERDUE = Number(_("overdue"), (("light", "overdue"),), "late")
TO_EVALUATE = Number(_("to be evaluated"), (("waits", "evaluation"),))
TO_RELEASE = Number(_("verdict to be released"), (("waits", "verdict"),))
KEY = Number(_("key suggestions"), (("is_key", "on"),))
ALL = Number(_("suggestions"), ())
VISITS_TO_COMPLETE = Number(_("visits to complete"), (("waits", "completion"),), "near", VISITS)
VISITS_TO_CONFIRM = Number(_("visits to confirm"), (("waits", "confirmation"),), "near", VISITS)
VOTERS_TO_TELL = Number(_("voters to tell"), (("waits", "telling"),), "", VISITS)

#: Each role's numbers, the most pressing first.
NUMBERS: dict[str, tuple[Number, ...]] = {
    Role.COMMITTEE_STAFF: (OVERDUE, NEAR, TO_REGISTER, TO_HAND_OVER, TO_SIGN, TO_EVALUATE, TO_RELEASE, KEY),
    Role.CHAIRPERSON: (OVERDUE, NEAR, TO_RELEASE, KEY, ALL),
    Role.DEPUTY_CHAIRPERSON: (OVERDUE, NEAR, TO_RELEASE, KEY, ALL),
    Role.WORKING_BODY: (OVERDUE, NEAR, KEY, ALL),
    Role.GOVERNMENT_OFFICE: (TO_ALLOT, OVERDUE, NEAR, TO_SIGN, TO_REPLY, ALL),
    Role.ORGAN_HANDLER: (OVERDUE, NEAR, TO_SIGN, TO_REPLY, TO_GIVE, ALL),
    Role.ORGAN_HEAD: (OVERDUE, NEAR, TO_SIGN, TO_REPLY, ALL),
    Role.STATION: (VISITS_TO_COMPLETE, VOTERS_TO_TELL, TO_EVALUATE, ALL),
    Role.DEPUTY: (VISITS_TO_CONFIRM, VOTERS_TO_TELL, TO_EVALUATE, ALL),
}

_DEPUTIES = Place(_("deputies"), "stations:deputies", Mandate)
_STATIONS = Place(_("stations"), "stations:list", Station)
_ORGANS = Place(_("organs"), "accounts:organs", Organ)
_ACCOUNTS = Place(_("accounts"), "accounts:accounts", User)
_RECORD = Place(_("entries in the record of accounts"), "accounts:events", AccountEvent)

#: What the posts that handle no suggestions may look at.
PLACES: dict[str, tuple[Place, ...]] = {
    Role.COUNTY_LEADER: (_DEPUTIES, _STATIONS, _ORGANS),
    Role.PARTY_OFFICE: (_DEPUTIES, _STATIONS, _ORGANS),
    Role.TOWNSHIP: (_DEPUTIES, _STATIONS, _ORGANS),
    Role.DELEGATION_OFFICER: (_DEPUTIES, _STATIONS, _ORGANS),
    Role.SYSTEM_ADMIN: (_ACCOUNTS, _ORGANS),
    Role.SECURITY_ADMIN: (_ACCOUNTS, _ORGANS, _RECORD),
    Role.AUDIT_ADMIN: (_RECORD,),
}


def tiles(request: HttpRequest) -> list[dict[str, Any]]:
    """The numbers of the post one acts under, with the addresses of their rows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    places = [_place(place, actor) for place in PLACES.get(actor.role, ())]
    return places + [_tile(number, actor, request) for number in NUMBERS.get(actor.role, ())]


def handles(actor: Actor) -> bool:
    """Whether suggestions wait for this post at all."""
    return actor.role in NUMBERS


def _place(place: Place, actor: Actor) -> dict[str, Any]:
    count = place.model.objects.visible_to(actor).count()
    return {"label": place.label, "number": count, "url": reverse(place.page), "tone": ""}


def _tile(number: Number, actor: Actor, request: HttpRequest) -> dict[str, Any]:
    wish, rows = dict(number.wish), number.rows
    count = rows.filter(wish, queryset=rows.model.objects.visible_to(actor), request=request).qs.count()
    query = f"?{urlencode(wish)}" if wish else ""
    tone = number.tone if count else "empty"
    return {"label": number.label, "number": count, "url": reverse(rows.url_name) + query, "tone": tone}


def urgent(actor: Actor, limit: int = 12) -> list[Any]:
    """The suggestions whose reply presses most, as the list shows them; never more than ``limit`` lines."""
    if not handles(actor):
        return []
    rows = list(Suggestion.objects.visible_to(actor).for_list(actor).most_urgent()[:limit])
    for row in rows:
        row.light = light_of(row.act_by, row.started_on)
        row.stage = stage_of_row(row, actor)
    return rows
