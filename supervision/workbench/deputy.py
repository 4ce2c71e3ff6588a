"""A deputy's first page: one thing that waits, four big ways on, and whom to call (screen 7)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from deliberations.models import Visit
from stations.models import Mandate, StationStaff
from suggestions.draft_lists import ASKED, rows_of
from suggestions.models import Commitment, CoSignature, Suggestion
from suggestions.voices import with_voters_to_tell
from workflow import clock
from workflow.counting import Least, read_beside

S = Suggestion.Status


@dataclass(frozen=True)
class Waiting:
    """The one thing that waits before all others."""

    sentence: str
    title: str
    label: str
    url: str


def waiting(actor: Actor) -> Waiting | None:
    """The first of what waits: something of suggestions to confirm, complete, sign, judge; a visit; a voter to tell."""
    if not actor.is_deputy or actor.user is None:
        return None
    kinds = _kinds(actor)
    first = read_beside(actor.user, *(Least(rows, "pk") for rows, _show in kinds))
    return next((show(rows.get(pk=pk)) for pk, (rows, show) in zip(first, kinds, strict=True) if pk), None)


def own_suggestions(actor: Actor) -> int:
    """How many a deputy handed in or signed along."""
    return Suggestion.objects.visible_to(actor).submitted().count()


def liaison(actor: Actor) -> dict[str, Any] | None:
    """Who helps at the deputy's station, with a number to call."""
    own = Mandate.objects.active(clock.today()).filter(person=actor.person_id, station__isnull=False)
    staff = StationStaff.objects.on_duty(clock.today()).filter(station__in=own.values("station"))
    helpers = staff.filter(duty=StationStaff.Duty.LIAISON).select_related("person")
    found = next((row for row in helpers if row.phone or row.person.phone), None)
    return {"name": found.person.name, "phone": found.phone or found.person.phone} if found else None


def _kinds(actor: Actor) -> list[tuple[Any, Callable[[Any], Waiting]]]:
    """The rows that may wait for a deputy, with what is said of the first of them; what presses most stands first."""
    visible, drafts = Suggestion.objects.visible_to(actor), rows_of(actor, "").filter(lead__person=actor.person_id)
    replied = visible.waiting_for("evaluation", actor).spoken_for_by(actor.person_id)
    reported = Commitment.objects.visible_to(actor).reported().of_speaker(actor.person_id)
    return [
        (drafts.to_confirm(), _says(_("This was written down for you. Is it what you meant?"), _("Look at it"))),
        (drafts.filter(status=S.RETURNED), _says(_("Please complete your suggestion."), _("Complete it"))),
        (rows_of(actor, ASKED).select_related("suggestion__lead__person"), _invitation),
        (replied, _says(_("An answer has come. What do you think of it?"), _("Read and judge"))),
        (reported.select_related("reply__assignment"), _commitment),
        (with_voters_to_tell(visible, actor), _says(_("It is done. Tell the voter who said it."), _("Tell the voter"))),
        (_visits_to_confirm(actor), _visit),
    ]


def _visits_to_confirm(actor: Actor) -> Any:
    own = Visit.objects.visible_to(actor).waiting_for("confirmation")
    return own.filter(visitors__mandate__person=actor.person_id).select_related("station")


def _visit(row: Visit) -> Waiting:
    sentence = _("Your visit was written down. Is it what you meant?")
    url = reverse("deliberations:visit", args=[row.pk])
    return Waiting(sentence, f"{row.station} · {row.on.isoformat()}", _("Look at it"), url)


def _says(sentence: str, label: str) -> Callable[[Suggestion], Waiting]:
    return lambda row: Waiting(sentence, row.title, label, reverse("suggestions:detail", args=[row.pk]))


def _invitation(row: CoSignature) -> Waiting:
    sentence = _("%(name)s asks you to sign along.") % {"name": row.suggestion.lead.person.name}
    return Waiting(sentence, row.suggestion.title, _("Look at it"), reverse("suggestions:co_signature", args=[row.pk]))


def _commitment(row: Commitment) -> Waiting:
    url = reverse("suggestions:detail", args=[row.reply.assignment.suggestion_id])
    sentence = _("The organ says that it has kept its word. Is it so?")
    return Waiting(sentence, row.text, _("Look at it"), f"{url}#commitment-{row.pk}")
