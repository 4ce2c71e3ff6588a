"""Who writes a suggestion, speaks for its lead before it is handed in, and signs it along."""

from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.models import Role
from stations.models import Level, Mandate
from stations.policies import runs_station
from suggestions.models import CoSignature, Suggestion
from workflow import clock


def can_see_drafts(actor: Actor) -> bool:
    """Whether the list of drafts is for this post: deputies, stations and the committee's staff."""
    return actor.is_deputy or can_write_for_others(actor)


def can_write_for_others(actor: Actor) -> bool:
    """Liaisons and staff write for deputies; for which ones is asked by ``can_write_for``."""
    return actor.is_staff or actor.role == Role.STATION


def can_draft(actor: Actor) -> bool:
    """A county deputy in office, a deputy whose station has one who can lead it, and whoever writes for others."""
    if actor.is_deputy:
        return own_leads(actor).exists() or leads_nearby(actor).exists()
    return can_write_for_others(actor)


def can_write_for(actor: Actor, mandate: Mandate) -> bool:
    """Staff for every deputy, whoever runs a station for its own."""
    return actor.is_staff or runs_station(actor, mandate.station_id)


def can_draft_for(actor: Actor, lead: Mandate, raised_by: Mandate | None) -> bool:
    """One's own; one's own point, led by a county deputy of one's station; whatever one may write for others."""
    if not actor.is_deputy:
        return can_write_for(actor, lead)
    if raised_by is None:
        return own_leads(actor).filter(pk=lead.pk).exists()
    mine = raised_by.person_id == actor.person_id and raised_by.is_active(clock.today())
    return mine and leads_nearby(actor).filter(pk=lead.pk).exists()


def can_edit(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead and whoever speaks for them, and the deputy who wrote it down."""
    return speaks_for_lead(actor, suggestion) or _wrote(actor, suggestion)


def can_change_lead(actor: Actor, suggestion: Suggestion) -> bool:
    """Whoever writes for others may have named the wrong deputy."""
    return not actor.is_deputy and can_edit(actor, suggestion)


def can_confirm(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead; what came on paper or by telephone is recorded by station or staff."""
    return speaks_for_lead(actor, suggestion)


def can_invite(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead asks others to sign along, or somebody in the lead's name; nobody signs with the standing committee."""
    return speaks_for_lead(actor, suggestion) and not is_of_committee(suggestion)


def can_hand_in(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead hands in, or somebody in the lead's name."""
    return speaks_for_lead(actor, suggestion)


def can_discard(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead, and whoever wrote it down."""
    return is_lead(actor, suggestion) or _wrote(actor, suggestion)


def can_answer(actor: Actor, signature: CoSignature) -> bool:
    """Whoever was asked; what they signed on paper or said by telephone is recorded by their station or staff."""
    return is_asked(actor, signature) or can_write_for(actor, signature.mandate)


def can_see_sheet(actor: Actor) -> bool:
    """A handwritten sheet is for the deputy's side and for the committee, not for the organs."""
    return not (actor.is_organ or actor.is_government_office)


def is_asked(actor: Actor, signature: CoSignature) -> bool:
    """Whether it is the deputy's own signature."""
    return actor.is_deputy and signature.mandate.person_id == actor.person_id


def is_lead(actor: Actor, suggestion: Suggestion) -> bool:
    """Whether the deputy leads it or continues it; what the standing committee submits is led by no deputy."""
    own = actor.is_deputy and suggestion.speaker.person_id == actor.person_id
    return own and not is_of_committee(suggestion)


def is_of_committee(suggestion: Suggestion) -> bool:
    """Submitted by the standing committee: its staff write and hand in, nobody has to confirm."""
    return suggestion.submitted_by == Suggestion.SubmittedBy.COMMITTEE


def speaks_for_lead(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead, whoever runs the lead's station, and staff."""
    if is_of_committee(suggestion):
        return actor.is_staff
    return is_lead(actor, suggestion) or can_write_for(actor, suggestion.speaker)


def own_leads(actor: Actor) -> QuerySet[Mandate]:
    """The county mandates under which a deputy may lead a suggestion today."""
    rows = Mandate.objects.active(clock.today()).of_level(Level.COUNTY).filter(person=actor.person_id)
    return rows.select_related("person", "term", "delegation", "station").order_by("pk")


def own_points(actor: Actor) -> QuerySet[Mandate]:
    """The mandates under which a deputy may raise a point that another leads."""
    rows = Mandate.objects.active(clock.today()).exclude(level=Level.COUNTY).filter(person=actor.person_id)
    return rows.select_related("person", "term", "station").order_by("pk")


def leads_nearby(actor: Actor) -> QuerySet[Mandate]:
    """County deputies of the station of a deputy of another level: the first lawful way (scenario 33)."""
    stations = own_points(actor).exclude(station=None).values("station")
    rows = Mandate.objects.active(clock.today()).of_level(Level.COUNTY).filter(station__in=stations)
    rows = rows.exclude(person=actor.person_id)
    return rows.select_related("person", "term", "delegation", "station").order_by("person__pinyin", "pk")


def _wrote(actor: Actor, suggestion: Suggestion) -> bool:
    if actor.user is None or suggestion.recorded_by_id != actor.user.pk or is_of_committee(suggestion):
        return False
    return actor.is_deputy or can_write_for(actor, suggestion.lead)
