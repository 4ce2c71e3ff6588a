"""The way to an activity's folder, and to a station's papers, from the pages of the apps below."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stations.policies import can_see_record

register = template.Library()

_BUTTON = '<a class="btn btn-secondary no-print" href="{}">{}</a>'


@register.simple_tag(takes_context=True)
def folder_link(context: template.Context, kind: str, key: Any, station: Any = None) -> SafeString | str:
    """The folder of an activity, for the committee and for whoever runs the station."""
    actor = context.get("actor")
    if actor is None or not _sees(actor, station):
        return ""
    return format_html(_BUTTON, reverse("supervision:folder", args=[kind, key]), _("One folder"))


@register.simple_tag
def visit_folder(actor: Any, visit: Any) -> SafeString | str:
    """The folder of a visit: its voters' meeting, its reception day, or the day of visits that it belongs to."""
    if not _sees(actor, visit.station):
        return ""
    if visit.kind == "VOTER_MEETING":
        kind, key = "voters-meeting", str(visit.pk)
    elif visit.reception_day_id:
        kind, key = "reception", str(visit.reception_day_id)
    elif visit.kind != "RECEPTION":
        kind, key = "visits", f"{visit.station_id}-{visit.on.isoformat()}"
    else:
        return ""
    return format_html(_BUTTON, reverse("supervision:folder", args=[kind, key]), _("One folder"))


@register.inclusion_tag("supervision/station_papers.html")
def station_papers(actor: Any, station: Any) -> dict[str, Any]:
    """Wall sheets and allowance of a station, for the committee and for whoever runs it."""
    return {"station": station if can_see_record(actor, station) else None}


def _sees(actor: Any, station: Any) -> bool:
    return actor.is_committee or (station is not None and can_see_record(actor, station))
