"""Visits to voters: read, and noted by the deputy who went."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from deliberations.filters.visits import VisitFilter
from deliberations.forms.notes import NoteForm
from deliberations.models import ConveyedMatter, Guests, Opinion, Telling, Visit, VisitFile, VoterCategory
from deliberations.policies import visits as policies
from deliberations.serializers import ConveyedMatterRow, GuestsRow, OpinionRow, TellingRow, VisitFileRow, VisitRow
from deliberations.transitions import noting
from workflow.api.acting import bodies, body_of, taken
from workflow.api.reading import Reading, single
from workflow.asked import WRONG_KIND
from workflow.engine import permit
from workflow.filters import Key, one_of, since, until


class Visits(Reading):
    """Talks of deputies with voters, newest first."""

    http_method_names = ["get", "head", "post"]
    model, row = Visit, VisitRow
    order = (("on", "desc"), ("pk", "desc"))
    may = staticmethod(policies.can_see_visits)
    filterset = VisitFilter
    filters = {
        "station": Key(),
        "cycle": Key(),
        "field": Key(
            method=lambda rows, _name, key: rows.filter(pk__in=Opinion.objects.filter(field=key).values("visit"))
        ),
        "since": since("on"),
        "until": until("on"),
    }

    def create(self, request: Request) -> Response:
        """Note what a voter said, as the deputy who went.

        `client_id` is a UUID made by whoever sends it: sent again with the same words it is the same visit (200),
        with others a conflict (409). `mandate` is needed by a deputy who holds several.
        """
        actor = request.actor  # type: ignore[attr-defined]
        permit(policies.can_log(actor))
        single(request, ())
        sent = body_of(request, NoteForm.base_fields, versioned=False)
        mandates = policies.own_mandates(actor)
        _take_only(sent, list(mandates))
        form = taken(lambda *given: NoteForm(*given, mandates=mandates), sent)
        sent_before = Visit.objects.filter(client_id=form.cleaned_data["client_id"], recorded_by=actor.user).exists()
        visit = noting.log_visit(actor=actor, **form.cleaned_data)
        return Response(self.told(self.seen(visit.pk)), status=200 if sent_before else 201)

    def asked(self) -> dict[str, Any]:
        """The deputy's three questions."""
        told = bodies((NoteForm,), {})["application/json"]
        told["required"].remove("mandate")
        return {"application/json": told}

    def answers(self) -> Any:
        """The visit."""
        return {201: OpenApiResponse(VisitRow, "Noted"), 200: OpenApiResponse(VisitRow, "Noted before")}


class Opinions(Reading):
    """What voters said. Names and numbers are told by no address."""

    model, row = Opinion, OpinionRow
    filters = {"visit": Key(), "topic": Key(), "field": Key()}

    def _joined(self) -> Any:
        return super()._joined().select_related("voter")


class VisitFiles(Reading):
    """Photos, recordings and sheets of visits, without their content."""

    model, row, through = VisitFile, VisitFileRow, ("visit", Visit)
    filters = {"visit": Key(), "kind": one_of(VisitFile.Kind)}


class GuestsOfMeetings(Reading):
    """How many of the five kinds of invitees came to voters' meetings."""

    model, row, through = Guests, GuestsRow, ("visit", Visit)
    filters = {"visit": Key(), "category": one_of(VoterCategory)}


class ConveyedMatters(Reading):
    """What was told to deputies and voters."""

    model, row, through = ConveyedMatter, ConveyedMatterRow, ("visit", Visit)
    filters = {"visit": Key(), "kind": one_of(ConveyedMatter.Kind)}


class Tellings(Reading):
    """That voters were told what became of it."""

    model, row, through = Telling, TellingRow, ("opinion", Opinion)
    filters = {"opinion": Key(), "since": since("on"), "until": until("on")}


def _take_only(sent: dict[str, Any], mandates: list[Any]) -> None:
    """Whoever holds one mandate may name it; the form asks for it only where there are several."""
    if len(mandates) == 1 and "mandate" in sent and sent.pop("mandate") != mandates[0].pk:
        raise ValidationError({"mandate": [str(WRONG_KIND)]})
