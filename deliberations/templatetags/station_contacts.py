"""Which leaders go to a station in which cycle, shown on the station's page."""

from typing import Any

from django import template

from accounts.actor import Actor
from deliberations.models import Cycle, LeaderContact
from stations.models import Station

register = template.Library()


@register.inclusion_tag("deliberations/station_contacts.html")
def station_contacts(actor: Actor, station: Station) -> dict[str, Any]:
    """The leaders' contacts of the station in the cycles that the reader sees, the newest first."""
    cycles = Cycle.objects.visible_to(actor)
    rows = LeaderContact.objects.filter(station=station, cycle__in=cycles).select_related("cycle", "person")
    return {"contacts": rows.order_by("-cycle__first_meeting_on", "-cycle__pk", "pk")}
