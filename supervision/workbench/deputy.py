"""A deputy's first page: one thing that waits, four big ways on, and whom to call (screen 7)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor
from stations.models import Mandate, StationStaff
from suggestions.draft_lists import ASKED, rows_of
from suggestions.models import Commitment, Suggestion
from suggestions.voices import with_voters_to_tell
from workflow import clock


@dataclass(frozen=True)
class Waiting:
    """The one thing that waits before all others."""

    sentence: str
    title: str
    label: str
    url: str


def waiting(actor: Actor) -> Waiting | None:
    """A draft to confirm, one to complete, an invitation to sign along, a reply to judge, a commitment reported as kept, a voter to tell."""
    if not actor.is_deputy:
        return None
    return _draft(actor) or _invitation(actor) or _reply(actor) or _commitment(actor) or _result(actor)


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


def _draft(actor: Actor) -> Waiting | None:
    drafts = rows_of(actor, "").filter(lead__person=actor.person_id)
    row = drafts.to_confirm().order_by("pk").first()
    if row is not None:
        return _waiting(row, _("This was written down for you. Is it what you meant?"), _("Look at it"))
    row = drafts.filter(status=Suggestion.Status.RETURNED).order_by("pk").first()
    return _waiting(row, _("Please complete your suggestion."), _("Complete it")) if row else None


def _invitation(actor: Actor) -> Waiting | None:
    row = rows_of(actor, ASKED).select_related("suggestion__lead__person").order_by("pk").first()
    if row is None:
        return None
    sentence = _("%(name)s asks you to sign along.") % {"name": row.suggestion.lead.person.name}
    return Waiting(sentence, row.suggestion.title, _("Look at it"), reverse("suggestions:co_signature", args=[row.pk]))


def _reply(actor: Actor) -> Waiting | None:
    replied = Suggestion.objects.visible_to(actor).waiting_for("evaluation", actor)
    row = replied.spoken_for_by(actor.person_id).order_by("pk").first()
    return _waiting(row, _("An answer has come. What do you think of it?"), _("Read and judge")) if row else None


def _commitment(actor: Actor) -> Waiting | None:
    rows = Commitment.objects.visible_to(actor).reported().of_speaker(actor.person_id)
    row = rows.select_related("reply__assignment__suggestion").order_by("pk").first()
    if row is None:
        return None
    url = reverse("suggestions:detail", args=[row.reply.assignment.suggestion_id])
    sentence = _("The organ says that it has kept its word. Is it so?")
    return Waiting(sentence, row.text, _("Look at it"), f"{url}#commitment-{row.pk}")


def _result(actor: Actor) -> Waiting | None:
    row = with_voters_to_tell(Suggestion.objects.visible_to(actor), actor).order_by("pk").first()
    return _waiting(row, _("It is done. Tell the voter who said it."), _("Tell the voter")) if row else None


def _waiting(row: Suggestion, sentence: str, label: str) -> Waiting:
    return Waiting(sentence, row.title, label, reverse("suggestions:detail", args=[row.pk]))
