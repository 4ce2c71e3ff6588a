"""What comes of an opinion in deliberation: explained, promised on the spot, or forwarded (R50–R53)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from deliberations.models import Meeting, MeetingOpinion, Promise, TownshipTask
from deliberations.policies import meetings as policies
from deliberations.transitions.meeting_machines import MEETING, PROMISE, MeetingVerb, PromiseVerb
from stations.models import Level, Mandate, Township
from workflow import clock
from workflow.engine import Conflict, Invalid, Moved, birth, lock, permit, record

OUT, W, A = MeetingOpinion.Outcome, MeetingOpinion.Way, MeetingOpinion.Acknowledgement

#: The columns of an outcome as they are before there is any.
_NOTHING = {
    "outcome": "", "way": "", "county_lead": None, "basis_text": "", "conditions_limited": False,
    "answered_by": "", "answering_organ": None, "acknowledgement": "",
}  # fmt: skip


@transaction.atomic
def explain(
    opinion: MeetingOpinion,
    *,
    actor: Actor,
    version: int,
    text: str,
    acknowledgement: str,
    conditions_limited: bool = False,
    answered_by: str = "",
    organ: Organ | None = None,
) -> MeetingOpinion:
    """It was explained by policy and law, and the deputy accepts or understands it (R50, R51).

    Raises NotAllowed, Conflict when it was promised or taken up before, Stale, and Invalid without the explanation,
    or when the deputy does not accept it: then it must be promised or forwarded.
    """
    case, row = _opened(opinion, MeetingVerb.EXPLAIN, actor, version)
    if not text.strip():
        raise Invalid("text", "words_missing", _("Say what was explained, and on which policy or law it rests."))
    if acknowledgement not in (A.ACCEPTS, A.UNDERSTANDS):
        sentence = _("What the deputy does not accept is not settled by an explanation: promise it or forward it.")
        raise Invalid("acknowledgement", "not_accepted", sentence)
    columns = {
        "outcome": OUT.EXPLAINED, "basis_text": text.strip(), "conditions_limited": conditions_limited,
        "answered_by": answered_by.strip(), "answering_organ": organ, "acknowledgement": acknowledgement,
    }  # fmt: skip
    _decide(case, row, MeetingVerb.EXPLAIN, actor, columns, {"conditions_limited": conditions_limited})
    return row


@transaction.atomic
def promise(
    opinion: MeetingOpinion,
    *,
    actor: Actor,
    version: int,
    text: str,
    organ: Organ,
    person: str,
    due_on: date,
) -> Promise:
    """An organ promised to settle it at once (R52): what, who, by when. Said again, it puts the promise right.

    Raises NotAllowed, Conflict, Stale, and Invalid without words or a person, or for a day before the meeting.
    """
    case, row = _opened(opinion, MeetingVerb.PROMISE, actor, version, promising=True)
    _check_promise(case, text, organ, person, due_on)
    facts = {"text": text.strip(), "organ": organ, "person": person.strip(), "due_on": due_on}
    columns = {"outcome": OUT.PROMISED, "answered_by": person.strip(), "answering_organ": organ}
    told = {"organ": organ.name, "due_on": due_on}
    _decide(case, row, MeetingVerb.PROMISE, actor, columns, {"due_on": due_on})
    made = Promise.objects.filter(meeting_opinion=row).first()
    if made is not None:
        record(lock(made), PROMISE, PromiseVerb.CORRECT, actor=actor, changes=told, fields=facts)
        made.refresh_from_db()
        return made
    made = Promise.objects.create(meeting_opinion=row, made_on=case.held_on, created_at=clock.now(), **facts)
    birth(made, PromiseVerb.MAKE, actor=actor, changes=told)
    return made


@transaction.atomic
def forward(
    opinion: MeetingOpinion,
    *,
    actor: Actor,
    version: int,
    way: str,
    county_lead: Mandate | None = None,
    due_on: date | None = None,
) -> MeetingOpinion:
    """It is too wide to be settled here and takes one of the three lawful ways (R53, invariant 8).

    ``county_lead`` is who leads it as a suggestion, the speaker unless another is named; ``due_on`` is the day for
    the township presidium. Raises NotAllowed, Conflict, Stale, and Invalid for a lead who is not a county deputy in
    office, or a sub-district, which has no congress.
    """
    case, row = _opened(opinion, MeetingVerb.FORWARD, actor, version)
    if way not in W:
        raise Invalid("way", "way_missing", _("Choose which way it takes."))
    lead = _lead(row, county_lead) if way == W.COUNTY_LEAD else None
    day = _township_day(case, due_on) if way == W.TOWNSHIP else None
    _decide(
        case, row, MeetingVerb.FORWARD, actor, {"outcome": OUT.FORWARDED, "way": way, "county_lead": lead}, {"way": way}
    )
    if day is not None:
        TownshipTask.objects.create(meeting_opinion=row, township=_township(case), due_on=day)
    return row


def part_of(opinion: MeetingOpinion) -> Moved:
    """How the event names the opinion it is about."""
    return Moved("meeting_opinion", opinion.uuid, "", "")


def taken_up(opinions: list[int]) -> set[int]:
    """Of these opinions, those that became something in a higher app (``settings.OPINIONS_TAKEN_UP``)."""
    return {pk for name in settings.OPINIONS_TAKEN_UP for pk in import_string(name)(opinions)}


def require_not_taken_up(opinion: MeetingOpinion) -> None:
    """Raise Conflict for an opinion that already became a suggestion."""
    if taken_up([opinion.pk]):
        raise Conflict("taken_up", _("This opinion has become a suggestion; it stays as it is."))


def require_not_promised(opinion: MeetingOpinion) -> None:
    """Raise Conflict for an opinion to which an organ promised something."""
    if Promise.objects.filter(meeting_opinion=opinion).exists():
        raise Conflict(
            "promised", _("An organ promised something here, which is not taken back. The promise can be put right.")
        )


def require_task_open(opinion: MeetingOpinion) -> None:
    """Raise Conflict when the township has already settled it."""
    if TownshipTask.objects.filter(meeting_opinion=opinion).exclude(done_on=None).exists():
        raise Conflict("settled", _("The township has already settled this."))


def require_changeable(opinion: MeetingOpinion) -> None:
    """Raise Conflict unless the outcome may still be another."""
    require_not_taken_up(opinion)
    require_not_promised(opinion)
    require_task_open(opinion)


def require_promisable(opinion: MeetingOpinion) -> None:
    """Raise Conflict unless it may be promised, or its promise put right."""
    require_not_taken_up(opinion)
    require_task_open(opinion)
    made = Promise.objects.filter(meeting_opinion=opinion).first()
    if made is not None:
        PROMISE.require(made, PromiseVerb.CORRECT)


def _opened(
    opinion: MeetingOpinion, verb: MeetingVerb, actor: Actor, version: int, promising: bool = False
) -> tuple[Meeting, MeetingOpinion]:
    case = lock(opinion.meeting, version=version)
    permit(policies.can_keep(actor, case))
    MEETING.require(case, verb)
    row = case.opinions.select_related("speaker__person", "speaker__term").get(pk=opinion.pk)
    (require_promisable if promising else require_changeable)(row)
    return case, row


def _decide(
    case: Meeting, row: MeetingOpinion, verb: MeetingVerb, actor: Actor, columns: dict[str, Any], told: dict[str, Any]
) -> None:
    """Write the outcome in place of any before it; a task that nobody has settled goes with its way."""
    before = row.outcome
    TownshipTask.objects.undone().filter(meeting_opinion=row).delete()
    for name, value in {**_NOTHING, **columns}.items():
        setattr(row, name, value)
    row.save(update_fields=list(_NOTHING))
    told = {"order": row.order, **({"before": before} if before else {}), **told}
    record(case, MEETING, verb, actor=actor, part=part_of(row), changes=told)


def _check_promise(case: Meeting, text: str, organ: Organ, person: str, due_on: date) -> None:
    if not text.strip():
        raise Invalid("text", "words_missing", _("Say what was promised."))
    if not person.strip():
        raise Invalid("person", "person_missing", _("Say who promised it."))
    if organ.closed_on is not None and organ.closed_on <= case.held_on:
        raise Invalid("organ", "organ_closed", _("%(organ)s no longer exists."), organ=organ.name)
    if due_on < case.held_on:
        raise Invalid("due_on", "before_meeting", _("The day lies before the meeting."))


def _lead(row: MeetingOpinion, lead: Mandate | None) -> Mandate:
    """The county deputy who leads it; raises Invalid that names the lawful ways."""
    lead = lead or row.speaker
    if lead.level != Level.COUNTY:
        raise Invalid("county_lead", "wrong_level", _WRONG_LEVEL, name=lead.person.name)
    if not lead.is_active(clock.today()):
        raise Invalid("county_lead", "not_active", _("%(name)s holds no active mandate."), name=lead.person.name)
    return lead


_WRONG_LEVEL = _(
    "%(name)s is not a county deputy. A county suggestion needs a county deputy as lead; otherwise: ① a county "
    "deputy of the same station takes it up, ② it goes to the township presidium, ③ the standing committee "
    "submits it as an opinion of the deliberation."
)


def _township(case: Meeting) -> Township:
    """The township of the station, which every deliberation meeting has."""
    assert case.station is not None
    return case.station.township


def _township_day(case: Meeting, due_on: date | None) -> date:
    """The day by which the township settles it; raises Invalid without one, and for a sub-district."""
    township = _township(case)
    if township.kind == Township.Kind.SUB_DISTRICT:
        sentence = _("%(name)s is a sub-district and has no congress: let a county deputy lead it, or the committee.")
        raise Invalid("way", "no_congress", sentence, name=township.name)
    if due_on is None:
        raise Invalid("due_on", "day_missing", _("Say by when the township settles it."))
    if due_on < case.held_on:
        raise Invalid("due_on", "before_meeting", _("The day lies before the meeting."))
    return due_on
