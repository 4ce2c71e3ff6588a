"""Collecting (R53–R55, D11): what was forwarded in deliberation becomes a draft, each once, with the link kept.

A forwarded opinion, a promise not kept, a voter's opinion: who leads it, whose point it is, and from what words it
begins are taken from there. A voter's words are never copied; they are read through the link.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import SYSTEM, Actor
from deliberations.models import Meeting, MeetingOpinion, Opinion, Promise, SubjectField, Topic, Visit
from deliberations.transitions.promises import can_be_taken_up, take_up
from notifications.models import Notification
from notifications.transitions import notify, void
from stations.models import Level, Mandate
from stations.recipients import by_deputy, of_staff
from suggestions.models import Source, Suggestion
from suggestions.policies import screening as policies
from suggestions.transitions.intake import check_own_level, search_text
from suggestions.transitions.machines import Verb
from suggestions.transitions.telling import tell
from workflow import clock
from workflow.engine import Conflict, Invalid, Refused, birth, lock, permit

By = Suggestion.SubmittedBy
#: A title proposed from an opinion stays as short as a title is.
_LONGEST = 30
#: What people say before they come to the matter.
_OPENINGS = re.compile(
    r"^(我|我们|大家)?(再次)?(建议|希望|请求|要求|恳请|呼吁|反映|请)(县里|县政府|政府|有关部门)?[,，:：]?"
)


@dataclass(frozen=True, kw_only=True)
class _Seed:
    """What a suggestion begins from."""

    lead: Mandate
    submitted_by: str
    raised_by: Mandate | None
    origin: str
    title: str
    facts: str = ""
    field: SubjectField | None = None
    cycle_id: int | None = None
    told_of: dict[str, str]


@transaction.atomic
def collect(
    *,
    actor: Actor,
    meeting_opinion: MeetingOpinion | None = None,
    promise: Promise | None = None,
    opinion: Opinion | None = None,
    lead: Mandate | None = None,
    by_committee: bool = False,
) -> Suggestion:
    """The draft from one of the three; whatever was collected before gives the suggestion that is there.

    ``lead`` and ``by_committee`` are asked where the meeting did not decide. Raises NotAllowed, Conflict for what is
    not to become a suggestion, Invalid for a lead who is no county deputy in office.
    """
    if meeting_opinion is not None:
        permit(policies.can_collect_meeting(actor, meeting_opinion.meeting))
        lock(meeting_opinion.meeting)
        return _of_meeting(_rows().get(pk=meeting_opinion.pk), actor)[0]
    if promise is not None:
        permit(policies.can_collect_promise(actor, promise))
        return _of_promise(promise, actor, lead, by_committee)
    if opinion is None:
        raise TypeError("collect: name what is to be collected")
    permit(policies.can_collect_opinion(actor, opinion) and policies.can_name_lead(actor, lead))
    return _of_voter(opinion, actor, lead, by_committee)


@transaction.atomic
def collect_meeting(meeting: Meeting, *, actor: Actor) -> list[Suggestion]:
    """Every forwarded opinion of a closed meeting that was not collected yet; staff hear what the sweep collected.

    Raises NotAllowed, and Conflict for a meeting that is not closed.
    """
    permit(policies.can_collect_meeting(actor, meeting))
    meeting = lock(meeting)
    require_closed(meeting)
    fresh = [case for row in waiting().filter(meeting=meeting) for case, is_new in [_of_meeting(row, actor)] if is_new]
    if fresh and actor.is_system:
        _tell_staff(meeting, fresh)
    _no_longer_to_collect(meeting)
    return fresh


def collect_waiting() -> int:
    """Collect from state whatever closed meetings forwarded, as the portal; returns how many drafts are new.

    A meeting that is opened again at that moment is left for the next run.
    """
    meetings = Meeting.objects.filter(pk__in=waiting().values("meeting")).order_by("pk")
    return sum(_collected(meeting) for meeting in meetings)


def waiting() -> QuerySet[MeetingOpinion]:
    """Opinions that closed meetings forwarded to the county, and that are no suggestion yet."""
    return _rows().to_become_suggestions().filter(collected=None)


def broken_promises() -> QuerySet[Promise]:
    """Promises recorded as not kept that nobody has taken up."""
    return Promise.objects.filter(status=Promise.Status.NOT_KEPT, collected=None)


def voters_waiting() -> QuerySet[Opinion]:
    """What voters said that shall become a suggestion, of visits that are written down, and is none yet.

    Whether something became of what stands in an imported register is unknown; it is not waited for.
    """
    visits = Visit.objects.filter(status__in=[Visit.Status.RECORDED, Visit.Status.CLOSED], imported_from="")
    return Opinion.objects.filter(route=Opinion.Route.SUGGESTION, visit__in=visits, collected=None)


def require_closed(meeting: Meeting) -> None:
    """Raise Conflict while the meeting is still being recorded, when everything in it may change."""
    if meeting.status != Meeting.Status.CLOSED:
        raise Conflict("not_closed", _("Only a closed meeting is collected from."))


def require_promise(promise: Promise) -> None:
    """Raise Conflict unless a suggestion can take the place of the promise."""
    if Source.objects.filter(promise=promise).exists() or not can_be_taken_up(promise):
        raise Conflict("not_collectable", _("Only a promise that was not kept becomes a suggestion, and only once."))


def require_opinion(opinion: Opinion) -> None:
    """Raise Conflict unless the voter's opinion is routed to become a suggestion, and is none yet."""
    _require_route(opinion)
    if Source.objects.filter(opinion=opinion).exists():
        raise Conflict("collected", _("A suggestion was already made of it."))


def proposed_lead(visit: Visit, actor: Actor) -> Mandate:
    """Whose point it is: the deputy who acts, else the first county deputy who went, else the first who went.

    Raises Conflict where no deputy is named, as a voter's message by the code of a station names none.
    """
    went = [row.mandate for row in visit.visitors.select_related("mandate__person", "mandate__delegation")]
    if not went:
        raise Conflict("no_deputy", _("First name, in the record of the visit, the deputy who takes it up."))
    own = [mandate for mandate in went if actor.is_deputy and mandate.person_id == actor.person_id]
    return next((mandate for mandate in [*own, *went] if leads_itself(mandate)), (own or went)[0])


def leads_itself(mandate: Mandate) -> bool:
    """Whether the deputy may lead a county suggestion today (own level)."""
    return mandate.level == Level.COUNTY and mandate.is_active(clock.today())


def proposed_title(text: str, topic: Topic | None) -> str:
    """A title from the first words, from the topic where these are too many.

    >>> proposed_title("建议加宽南门路，两车会不开。", None)
    '关于加宽南门路的建议'
    """
    words = re.split(r"[。；！？，,;!?\n]", _OPENINGS.sub("", text.strip()), maxsplit=1)[0].strip()
    words = words.removeprefix("关于").removesuffix("的建议")
    if not words or len(words) > _LONGEST:
        words = topic.title if topic else words[:_LONGEST]
    return f"关于{words}的建议"[:120]


def _rows() -> Any:
    """Opinions in deliberation with all that a suggestion takes from them, in the order of the record."""
    rows = MeetingOpinion.objects.select_related("meeting", "topic", "field")
    people = rows.select_related("speaker__person", "speaker__delegation", "county_lead__person")
    return people.select_related("county_lead__delegation").order_by("meeting", "order")


def _collected(meeting: Meeting) -> int:
    try:
        return len(collect_meeting(meeting, actor=SYSTEM))
    except Refused:
        return 0


def _of_meeting(row: MeetingOpinion, actor: Actor) -> tuple[Suggestion, bool]:
    """The suggestion of an opinion whose meeting is locked, and whether it is new. Raises Conflict."""
    if found := _known(meeting_opinion=row):
        return found, False
    require_closed(row.meeting)
    if row.way not in (MeetingOpinion.Way.COUNTY_LEAD, MeetingOpinion.Way.COMMITTEE):
        raise Conflict("not_forwarded", _("Only what was forwarded to the county becomes a suggestion."))
    lead = row.county_lead or row.speaker
    has_lead = row.way == MeetingOpinion.Way.COUNTY_LEAD
    seed = _Seed(
        lead=lead,
        submitted_by=By.DEPUTY if has_lead else By.COMMITTEE,
        raised_by=_raiser(row.speaker, lead),
        origin=Suggestion.Origin.DELIBERATION,
        title=proposed_title(row.text, row.topic),
        facts=row.text,
        field=row.field,
        cycle_id=row.meeting.cycle_id,
        told_of={"meeting": str(row.meeting.uuid), "meeting_opinion": str(row.uuid)},
    )
    return _planted(seed, actor, meeting_opinion=row)


def _of_promise(promise: Promise, actor: Actor, lead: Mandate | None, by_committee: bool) -> Suggestion:
    promise = lock(promise)
    if found := _known(promise=promise):
        return found
    row = promise.meeting_opinion
    led = _led(row.speaker, lead, by_committee, actor)
    taken_up = take_up(promise, actor=actor)
    seed = _Seed(
        **led,
        origin=Suggestion.Origin.DELIBERATION,
        title=proposed_title(row.text, row.topic),
        facts=f"{row.text}\n\n{_of_the_promise(taken_up)}",
        field=row.field,
        cycle_id=row.meeting.cycle_id,
        told_of={"meeting": str(row.meeting.uuid), "promise": str(promise.uuid)},
    )
    return _planted(seed, actor, promise=promise)[0]


def _of_voter(opinion: Opinion, actor: Actor, lead: Mandate | None, by_committee: bool) -> Suggestion:
    visit = lock(opinion.visit)
    if found := _known(opinion=opinion):
        return found
    opinion.refresh_from_db()
    _require_route(opinion)
    matter = opinion.topic.title if opinion.topic else f"{opinion.field}问题" if opinion.field else "选民反映事项"
    seed = _Seed(
        **_led(proposed_lead(visit, actor), lead, by_committee, actor),
        origin=Suggestion.Origin.VISIT,
        title=f"关于{matter}的建议",
        field=opinion.field,
        cycle_id=visit.cycle_id,
        told_of={"visit": str(visit.uuid), "opinion": str(opinion.uuid)},
    )
    return _planted(seed, actor, opinion=opinion)[0]


def _require_route(opinion: Opinion) -> None:
    if opinion.route != Opinion.Route.SUGGESTION:
        raise Conflict("other_route", _("This opinion takes another way."))


def _led(own: Mandate, lead: Mandate | None, by_committee: bool, actor: Actor) -> dict[str, Any]:
    """Who leads and whose point it is. Raises NotAllowed, Invalid."""
    if by_committee:
        permit(policies.can_let_committee_submit(actor))
        return {"lead": own, "raised_by": None, "submitted_by": By.COMMITTEE}
    if lead is None and not leads_itself(own):
        raise Invalid("lead", "missing", _("Name the county deputy who leads it."))
    lead = lead or own
    check_own_level(lead)
    return {"lead": lead, "raised_by": _raiser(own, lead), "submitted_by": By.DEPUTY}


def _raiser(speaker: Mandate, lead: Mandate) -> Mandate | None:
    """Whose point it is, when another person leads it (scenario 33)."""
    return None if speaker.person_id == lead.person_id else speaker


def _of_the_promise(promise: Promise) -> str:
    """What was promised and not kept, as the suggestion tells it."""
    organ, made_on, due_on = promise.organ.name, f"{promise.made_on:%Y-%m-%d}", f"{promise.due_on:%Y-%m-%d}"
    return f"{made_on}，{organ}{promise.person}当场承诺：{promise.text}（{due_on}前）。至今未兑现。"


def _known(**source: Any) -> Suggestion | None:
    found = Source.objects.filter(**source).select_related("suggestion").first()
    return found.suggestion if found else None


def _planted(seed: _Seed, actor: Actor, **source: Any) -> tuple[Suggestion, bool]:
    """The draft with its source, and whether it is new: another may have been faster."""
    case = _draft(seed, actor)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
            Source.objects.create(suggestion=case, **source)
    except IntegrityError:
        return Source.objects.select_related("suggestion").get(**source).suggestion, False
    birth(case, Verb.COLLECT, actor=actor, changes={"from": seed.told_of})
    _tell(case, actor)
    return case, True


def _draft(seed: _Seed, actor: Actor) -> Suggestion:
    case = Suggestion(
        status=Suggestion.Status.DRAFT,
        created_at=clock.now(),
        received_on=clock.today(),
        lead=seed.lead,
        delegation=seed.lead.delegation,
        raised_by=seed.raised_by,
        submitted_by=seed.submitted_by,
        recorded_by=actor.user,
        origin=seed.origin,
        cycle_id=seed.cycle_id,
        title=seed.title[:120],
        facts=seed.facts,
        field=seed.field,
    )
    case.search_text = search_text(case, ())
    return case


def _tell(case: Suggestion, actor: Actor) -> None:
    """The lead is asked to complete and confirm it; whoever raised it learns who leads it."""
    if case.submitted_by == By.DEPUTY and actor.person_id != case.lead.person_id:
        tell(case, "collected", by_deputy([case.lead])[case.lead_id])
    if case.raised_by is not None:
        lead = case.lead.person.name
        tell(case, "taken_up", by_deputy([case.raised_by])[case.raised_by.pk], deputy=lead)


def _no_longer_to_collect(meeting: Meeting) -> None:
    """That something waits to be collected is no longer true."""
    unread = Notification.objects.filter(fact__startswith=f"collect:meeting:{meeting.pk}:").unread()
    if facts := list(unread.values_list("fact", flat=True).distinct()):
        void(facts, "collected")


def _tell_staff(meeting: Meeting, fresh: list[Suggestion]) -> None:
    notify(
        of_staff(),
        fact=f"intake:meeting:{meeting.pk}:{fresh[-1].pk}",
        kind="intake.collected",
        params={"title": str(meeting.station), "number": "", "count": len(fresh)},
        url=reverse("suggestions:intake"),
    )
