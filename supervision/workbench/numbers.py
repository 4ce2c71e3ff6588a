"""What waits for whom today: for each role the numbers that matter, each opening the rows behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actor import Actor
from accounts.models import AccountEvent, Organ, Role, TrustedDevice, User
from deliberations.filters.meetings import MeetingFilter, TaskFilter
from deliberations.filters.promises import PromiseFilter
from deliberations.filters.visits import VisitFilter
from deliberations.models import Promise, TownshipTask, Visit
from deliberations.views.meeting_acts import meetings_of
from stations.models import Mandate, Station
from stations.querysets.phones import phones_to_confirm
from suggestions.draft_lists import ASKED, rows_of
from suggestions.filters import CommitmentFilter, SuggestionFilter
from suggestions.models import Commitment, Evaluation, Suggestion
from suggestions.transitions import collecting
from supervision.filters import CardFilter
from supervision.models import Card, Proposal
from supervision.querysets import without_card
from workflow import clock
from workflow.counting import Counted, Least, read_beside


def _visible(model: Any) -> Callable[[Actor], Any]:
    return lambda actor: model.objects.visible_to(actor)


def _cards(actor: Actor) -> Any:
    return Card.objects.visible_to(actor).with_last_version()


def _tasks(actor: Actor) -> Any:
    return TownshipTask.objects.visible_to(actor).in_force()


def _commitments(actor: Actor) -> Any:
    own = Commitment.objects.concerning(actor)
    return own.of_speaker(actor.person_id) if actor.is_deputy else own


def _differing(actor: Actor) -> Any:
    return Evaluation.objects.visible_to(actor).differing()


def _phones(actor: Actor) -> Any:
    return phones_to_confirm(actor, TrustedDevice.objects.all(), Mandate.objects.all(), clock.now())


def _agenda(actor: Actor) -> Any:
    return Suggestion.objects.visible_to(actor).on_agenda()


@dataclass(frozen=True)
class Rows:
    """A list that is counted: its rows for a reader, its own filter if it has one, its address."""

    of: Callable[[Actor], Any]
    filter: Any
    url_name: str


SUGGESTIONS = Rows(_visible(Suggestion), SuggestionFilter, "suggestions:list")
VISITS = Rows(_visible(Visit), VisitFilter, "deliberations:visits")
MEETINGS = Rows(meetings_of, MeetingFilter, "deliberations:meetings")
TASKS = Rows(_tasks, TaskFilter, "deliberations:township_tasks")
COMMITMENTS = Rows(_commitments, CommitmentFilter, "suggestions:commitments")
DIFFERENCES = Rows(_differing, None, "suggestions:differences")
PROMISES = Rows(_visible(Promise), PromiseFilter, "deliberations:promises")
CARDS = Rows(_cards, CardFilter, "supervision:cards")
AGENDA = Rows(_agenda, None, "suggestions:agenda")
PHONES = Rows(_phones, None, "stations:phones")


@dataclass(frozen=True)
class Number:
    """A filter of a list with a name; counted by the list's own filter, so that both always agree.

    ``since`` is the column that says since when the oldest of them has waited.
    """

    label: Any
    wish: tuple[tuple[str, str], ...]
    tone: str = ""
    rows: Rows = SUGGESTIONS
    since: str = ""


@dataclass(frozen=True)
class Drafts:
    """A list of what is being written, or asked to be signed along, with a name."""

    label: Any
    which: str
    tone: str = "near"


@dataclass(frozen=True)
class Heap:
    """What lies on a page that is no list with filters."""

    label: Any
    page: str
    rows: Callable[[Actor], Any]


@dataclass(frozen=True)
class Place:
    """A list that a post without suggestions may look at, with how much is in it."""

    label: Any
    page: str
    model: Any


TO_REGISTER = Number(_("to be registered"), (("status", "SUBMITTED"),), since="received_on")
TO_HAND_OVER = Number(_("to be handed over"), (("status", "REGISTERED"),), since="registered_on")
TO_ALLOT = Number(_("to be allotted"), (("status", "AT_FORWARDER"),), since="first_handed_over_on")
TO_SIGN = Number(_("receipt not signed"), (("waits", "receipt"),), since="first_handed_over_on")
TO_GIVE = Number(_("co-host's opinion out"), (("waits", "opinion"),))
TO_REPLY = Number(_("to be answered"), (("waits", "reply"),))
TO_DECIDE = Number(_("later dates to decide"), (("waits", "extension"),), "near")
OBJECTIONS_TO_DECIDE = Number(_("objections to decide"), (("waits", "objection"),), "near")
NEAR = Number(_("due within 30 days"), (("light", "within_30"),), "near")
OVERDUE = Number(_("overdue"), (("light", "overdue"),), "late")
TO_EVALUATE = Number(_("to be evaluated"), (("waits", "evaluation"),))
TO_RELEASE = Number(_("verdict to be released"), (("waits", "verdict"),))
RESULTS_TO_TELL = Number(_("results to tell voters"), (("waits", "telling"),), "near")
ANSWERS_TO_JUDGE = Number(_("say what you think of the answer"), (("waits", "evaluation"),))
OWN_RESULTS_TO_TELL = Number(_("suggestions with a result to tell"), (("waits", "telling"),), "near")
KEY = Number(_("key suggestions"), (("is_key", "on"),))
ALL = Number(_("suggestions"), ())
PHONES_TO_CONFIRM = Number(_("phones to confirm"), (), "near", PHONES)
VISITS_TO_COMPLETE = Number(_("visits to complete"), (("waits", "completion"),), "near", VISITS, "on")
VISITS_TO_CONFIRM = Number(_("noted for you, please confirm"), (("waits", "confirmation"),), "near", VISITS)
VISITS_RECORDED = Number(_("visits the deputy has still to confirm"), (("waits", "confirmation"),), "near", VISITS)
VOTERS_TO_TELL = Number(_("voters to tell"), (("waits", "telling"),), "", VISITS)
MEETINGS_PLANNED = Number(_("meetings planned"), (("status", "PLANNED"),), "", MEETINGS)
MEETINGS_OPEN = Number(_("meetings being recorded"), (("status", "OPEN"),), "near", MEETINGS)
TASKS_OPEN = Number(_("township tasks to settle"), (("stands", "open"),), "", TASKS)
TASKS_OVERDUE = Number(_("township tasks overdue"), (("stands", "overdue"),), "late", TASKS)
PROMISES_OPEN = Number(_("promises still open"), (("due", "open"),), "", PROMISES)
PROMISES_OVERDUE = Number(_("promises overdue"), (("due", "overdue"),), "late", PROMISES, "due_on")
COMMITMENTS_OPEN = Number(_("commitments to keep"), (("due", "open"),), "", COMMITMENTS)
COMMITMENTS_OVERDUE = Number(_("commitments overdue"), (("due", "overdue"),), "late", COMMITMENTS, "due_on")
COMMITMENTS_REPORTED = Number(_("was it kept? please say"), (("due", "reported"),), "near", COMMITMENTS)
FORMS_TO_CONFIRM = Number(_("forms of organs to confirm by a call"), (("waits", "form"),), "near")
SILENT = Number(_("no opinion from the deputy yet"), (("waits", "no_feedback"),), "near")
SOURCES_DIFFER = Number(_("sources that differ"), (), "near", DIFFERENCES)
CARDS_TO_SIGN = Number(_("cards to be signed"), (("status", "DRAFT"),), "near", CARDS)
CARDS_ISSUED = Number(_("supervision cards in force"), (("status", "ISSUED"),), "", CARDS)
CARDS_REPORTED = Number(_("reports of completion to conclude"), (("status", "FEEDBACK_GIVEN"),), "near", CARDS)
ON_AGENDA = Number(_("on the council's agenda"), (), "", AGENDA)
DRAFTS_TO_CONFIRM = Drafts(_("drafts to be confirmed by the deputy"), "confirm")
DRAFTS_TO_TYPE = Drafts(_("drafts to type"), "type")
ASKED_TO_SIGN = Drafts(_("asked to sign along"), ASKED)
OWN_DRAFTS = Drafts(_("my drafts"), "", "")

_IN_COMMITTEE = (OVERDUE, PROMISES_OVERDUE, COMMITMENTS_OVERDUE, TO_RELEASE, SOURCES_DIFFER, KEY, ALL)
_IN_ORGAN = (OVERDUE, NEAR, TO_SIGN, TO_REPLY, TO_GIVE, PROMISES_OPEN, COMMITMENTS_OPEN, CARDS_ISSUED, ALL)

#: Each role's numbers, the most pressing first.
NUMBERS: dict[str, tuple[Number | Drafts, ...]] = {
    Role.COMMITTEE_STAFF: (
        OVERDUE,
        NEAR,
        TO_REGISTER,
        TO_HAND_OVER,
        TO_SIGN,
        TO_DECIDE,
        OBJECTIONS_TO_DECIDE,
        TO_EVALUATE,
        TO_RELEASE,
        PROMISES_OVERDUE,
        COMMITMENTS_OVERDUE,
        FORMS_TO_CONFIRM,
        SILENT,
        RESULTS_TO_TELL,
        CARDS_TO_SIGN,
        ON_AGENDA,
        KEY,
    ),
    Role.CHAIRPERSON: _IN_COMMITTEE,
    Role.DEPUTY_CHAIRPERSON: _IN_COMMITTEE,
    Role.WORKING_BODY: (OVERDUE, NEAR, PROMISES_OVERDUE, COMMITMENTS_OVERDUE, KEY, ALL),
    Role.GOVERNMENT_OFFICE: (
        TO_ALLOT,
        TO_DECIDE,
        OBJECTIONS_TO_DECIDE,
        OVERDUE,
        NEAR,
        TO_SIGN,
        TO_REPLY,
        PROMISES_OVERDUE,
        COMMITMENTS_OVERDUE,
        ALL,
    ),
    Role.ORGAN_HANDLER: _IN_ORGAN,
    Role.ORGAN_HEAD: _IN_ORGAN,
    Role.STATION: (
        VISITS_TO_COMPLETE,
        PHONES_TO_CONFIRM,
        DRAFTS_TO_TYPE,
        DRAFTS_TO_CONFIRM,
        VISITS_RECORDED,
        VOTERS_TO_TELL,
        RESULTS_TO_TELL,
        TASKS_OVERDUE,
        TASKS_OPEN,
        MEETINGS_PLANNED,
        MEETINGS_OPEN,
        TO_EVALUATE,
        ALL,
    ),
    Role.DEPUTY: (
        ASKED_TO_SIGN,
        ANSWERS_TO_JUDGE,
        COMMITMENTS_REPORTED,
        VISITS_TO_CONFIRM,
        OWN_DRAFTS,
        VOTERS_TO_TELL,
        OWN_RESULTS_TO_TELL,
    ),
    Role.TOWNSHIP: (TASKS_OVERDUE, TASKS_OPEN, MEETINGS_PLANNED),
}

#: What else lies on the desk of staff.
HEAPS = (
    Heap(_("forwarded, to be collected"), "suggestions:intake", lambda _actor: collecting.waiting()),
    Heap(_("promises not kept, to be taken up"), "suggestions:intake", lambda _actor: collecting.broken_promises()),
    Heap(
        _("nominated as key, to be decided"),
        "suggestions:key_list",
        lambda actor: Suggestion.objects.visible_to(actor).nominated(),
    ),
    Heap(
        _("open matters of deputies out of office"),
        "suggestions:without_deputy",
        lambda actor: Suggestion.objects.visible_to(actor).without_speaker(clock.today()),
    ),
    Heap(
        _("sources that differ"),
        "suggestions:differences",
        lambda actor: Evaluation.objects.visible_to(actor).differing(),
    ),
    Heap(
        _("evaluations to call back"),
        "suggestions:call_backs",
        lambda actor: Evaluation.objects.visible_to(actor).to_call_back(),
    ),
    Heap(_("phones to confirm"), "stations:phones", _phones),
    Heap(
        _("steps that press, to be released"),
        "supervision:pressing",
        lambda actor: Proposal.objects.visible_to(actor).open(),
    ),
    Heap(_("cards to fill in"), "supervision:cards", lambda actor: without_card(Suggestion.objects.visible_to(actor))),
)

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


@dataclass(frozen=True)
class _Asked:
    """What a number counts, and where its rows are."""

    label: Any
    rows: Any
    url: str
    tone: str = ""
    since: str = ""
    tone_of_none: str = "empty"


def tiles(request: HttpRequest) -> list[dict[str, Any]]:
    """The numbers of the post one acts under, with the addresses of their rows; one query for all of them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = [
        _of_drafts(number, actor) if isinstance(number, Drafts) else _of_number(number, request)
        for number in NUMBERS.get(actor.role, ())
    ]
    return _told(actor, asked + [_of_place(place, actor) for place in PLACES.get(actor.role, ())])


def heaps(actor: Actor) -> list[dict[str, Any]]:
    """What lies on the pages of intake, key suggestions and cards, for staff; what is empty is left out."""
    if not actor.is_staff:
        return []
    asked = [_Asked(heap.label, heap.rows(actor), reverse(heap.page), "near") for heap in HEAPS]
    return [tile for tile in _told(actor, asked) if tile["number"]]


def handles(actor: Actor) -> bool:
    """Whether suggestions wait for this post at all."""
    return actor.role in NUMBERS and actor.role != Role.TOWNSHIP


def _of_place(place: Place, actor: Actor) -> _Asked:
    return _Asked(place.label, place.model.objects.visible_to(actor), reverse(place.page), tone_of_none="")


def _of_drafts(drafts: Drafts, actor: Actor) -> _Asked:
    url = reverse("suggestions:drafts") + _query({"which": drafts.which} if drafts.which else {})
    return _Asked(drafts.label, rows_of(actor, drafts.which), url, drafts.tone)


def _of_number(number: Number, request: HttpRequest) -> _Asked:
    wish, rows = dict(number.wish), number.rows
    found = rows.of(request.actor)  # type: ignore[attr-defined]
    if rows.filter is not None:
        found = rows.filter(wish, queryset=found, request=request).qs
    return _Asked(number.label, found, reverse(rows.url_name) + _query(wish), number.tone, number.since)


def _query(wish: dict[str, str]) -> str:
    return f"?{urlencode(wish)}" if wish else ""


def _told(actor: Actor, asked: list[_Asked]) -> list[dict[str, Any]]:
    """Count all of them beside the account of who asks, and how long the oldest has waited where that is told."""
    if actor.user is None:
        return []
    counts = [Counted(one.rows) for one in asked]
    days = [Least(one.rows, one.since) if one.since else Value(None, DateField()) for one in asked]
    values = read_beside(actor.user, *counts, *days)
    return [_tile(*told) for told in zip(asked, values[: len(asked)], values[len(asked) :], strict=True)]


def _tile(asked: _Asked, count: int | None, oldest: date | None) -> dict[str, Any]:
    tone = asked.tone if count else asked.tone_of_none
    return {"label": asked.label, "number": count or 0, "url": asked.url, "tone": tone, "note": _waited(oldest)}


def _waited(oldest: date | None) -> str:
    if oldest is None or oldest >= clock.today():
        return ""
    days = (clock.today() - oldest).days
    return ngettext("oldest: %(days)s day", "oldest: %(days)s days", days) % {"days": days}
