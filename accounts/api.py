"""Organs, and as whom one asks."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.filters import OrganFilter
from accounts.models import Officer, Organ
from accounts.serializers import MeSerializer, OrganRow, WholeOrganRow
from workflow.api.bodies import KnownMethods
from workflow.api.reading import Reading, single
from workflow.filters import one_of


class Organs(Reading):
    """Organs that suggestions are handed over to, with their names and officers."""

    model, row, whole = Organ, OrganRow, WholeOrganRow
    filterset = OrganFilter
    filters = {"kind": one_of(Organ.Kind)}
    prefetch = ("names", Prefetch("officers", Officer.objects.select_related("person")))


class Me(KnownMethods, APIView):
    """As whom one asks: the account, and the post under which everything is seen and done."""

    http_method_names = ["get", "head"]

    @extend_schema(responses=MeSerializer, operation_id="me")
    def get(self, request: Request) -> Response:
        """Account and post."""
        single(request, ())
        actor = request.actor  # type: ignore[attr-defined]
        told = {"role": actor.role, "organ": actor.organ_id}
        return Response({"username": actor.user.username, "name": actor.user.person.name, **told})
